"""A letter of a student's equation: what it is called, and what is known of it.

Two roles that students mix up are told apart here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from tutor.bridge.dimensions import Dimension
from tutor.laws.catalogue import Catalogue
from tutor.laws.law import Meaning

MARK = "="  # before the id of a constant that is written as a number
COMPONENT = re.compile(r"_(?:\w*[xyz]|par\w*|perp\w*|hor\w*|ver\w*|[HV])$|_[xyz](?:_|$)")


class Letter(NamedTuple):
    """A symbol of the student's, with all that is known of it.

    spelt: names that it goes by, from its full name to its bare letter. kin: its place in `like` above and below.
    """

    name: str
    spelt: tuple[str, ...]
    role: str
    sure: bool
    dimension: Dimension | None
    constant: str
    value: bool  # a number that a constant of nature is written as


Means = Callable[[str], Meaning]


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[str, ...]:
    """Delta_v_0y: the names that it may stand under in a table of usual letters, the most exact first."""
    found = [name]
    if name.endswith(("_vec", "_bar", "_hat")):
        found.append(name[:-4])
    bare = found[-1]
    if bare.startswith("Delta_"):
        bare = bare[6:]
        found.append(bare)
    head, _, below = bare.partition("_")
    if len(below) > 1 and below[-1] in "xyz":
        found.append(f"{head}_{below[:-1]}")
    if below:
        found.append(head)
    return tuple(dict.fromkeys(found))


def _kin(role: str, known: Catalogue) -> frozenset[str]:
    """The role and all wider ones; a depth is as vertical as a height."""
    found = known.kinds_of(role)
    return found | {"height"} if "depth" in found or "altitude" in found else found


def mixed_up(have: str, need: str, known: Catalogue) -> bool:
    """Whether two roles are told apart in `unlike`, one way or the other, by themselves or by a wider role.

    A length along the slope is no height, and so no greatest height either.
    """
    if have == need or have not in known.roles or need not in known.roles:
        return False
    mine, its = _kin(have, known), _kin(need, known)
    if need in mine or have in its:
        return need in known.roles[have].unlike or have in known.roles[need].unlike
    return not (known.roles[have].unlike.isdisjoint(its - mine) and known.roles[need].unlike.isdisjoint(mine - its))
