"""m*(-v - u) -> m*(v - u)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception, compiled
from tutor.misconceptions.patterns import places, rewritten, with_part
from tutor.misconceptions.quantities import holding, is_kind
from tutor.syntax.tree import Negative, Node, Statement

PATTERNS = ("m*(a + b) -> m*(a - b)", "m*a - k*b -> m*a + k*b", "m*(-a - b) -> m*(a - b)")
OF = {"m": "kg", "k": "kg", "a": "m/s", "b": "m/s"}


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A velocity or momentum against the positive direction, taken without its sign."""
    there = places(line)
    moving = any(is_kind(place, "kg") for place in there)
    for place in there if moving else ():
        if isinstance(place, Negative) and is_kind(place.operand, "m/s"):
            yield with_part(line, place, place.operand)
    for rule in compiled(PATTERNS):
        yield from rewritten(rule, line, holding(OF))


RULE = Misconception(
    id="direction_sign_lost",
    wrong_forms=wrong_forms,
    size=7,
)
