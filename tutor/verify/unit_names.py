"""Words after a number that are the name of no unit: `v = 5 frobs`. They are said, and nothing is called wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace

from tutor.bridge.units import singular, unit_words, unknown_units
from tutor.records import CheckedStep, Remark, Role
from tutor.syntax.tree import Node, Quantity, kinds
from tutor.verify.physical import Physical

# What physics counts, though no problem need name it.
COUNTED = frozenset(
    "alpha antinode atom ball battery beam beat block body bulb capacitor cell charge coil collision component count "
    "cycle decay decimal digit electron event figure fringe gap half half-life half-live heartbeat image ion isotope "
    "jump lamp lap line loop magnet mark molecule muon neutron node nuclei nucleus nucleon oscillation particle people "
    "person period photon place plate point proton pulley pulse quanta quark quarter rep resistor rotation round side "
    "sig significant slit spin spring step swing third time unit vibration wave wavelength wheel winding wire".split()
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def with_unknown_units(checked: Sequence[CheckedStep], physical: Physical) -> list[CheckedStep]:
    """The steps with a remark where a number has a unit that there is not, and that the problem does not count."""
    counted = counted_in(physical.statement)
    return [with_remarks(step, counted) for step in checked]


def counted_in(statement: str) -> frozenset[str]:
    """What may stand after a number and be no unit: the words of the problem, and what physics counts."""
    return COUNTED | {singular(word) for word in _WORD.findall(statement)}


def with_remarks(step: CheckedStep, counted: frozenset[str]) -> CheckedStep:
    """One step with its remarks."""
    claims = (j.claim for j in step.judged if j.claim.role is not Role.RETRACTED)
    words = dict.fromkeys(word for claim in claims for word in words_unheard_of(claim.statement, counted))
    said = tuple(Remark("unit_unknown", unheard_of(word)) for word in words)
    return replace(step, remarks=(*step.remarks, *said)) if said else step


def unheard_of_in(statement: Node, problem: str) -> bool:
    """Whether a unit that there is not stands in it, so that nothing is held against it for its units."""
    return Quantity in kinds(statement) and bool(words_unheard_of(statement, counted_in(problem)))


def words_unheard_of(statement: Node, counted: frozenset[str]) -> list[str]:
    """The words that stand as units in a statement, and neither are units nor name what is counted."""
    return [word for word, _ in unknown_units(statement) if is_unheard_of(word, counted)]


def is_unheard_of(word: str, counted: frozenset[str]) -> bool:
    """Whether a word is neither a unit nor the name of what is counted."""
    return _WORD.fullmatch(word) is not None and singular(word) not in counted


def unheard_of(word: str) -> str:
    """What is said of it.

    >>> unheard_of("frobs")
    '"frobs" is not a unit known here, so the unit of this line is not checked'
    """
    return f'"{word}" is not a unit known here, so the unit of this line is not checked{meant_by(word)}'


def meant_by(word: str) -> str:
    """The unit that a word may have been meant to be, to be added to what is said of it.

    >>> meant_by("meterz"), meant_by("frobs")
    ('; did you mean meter?', '')
    """
    near = difflib.get_close_matches(word.lower(), unit_words(), n=1, cutoff=0.75)
    return f"; did you mean {near[0]}?" if near else ""
