"""u - a*d -> u + a*d"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception, compiled
from tutor.misconceptions.patterns import places, rewritten, with_part
from tutor.misconceptions.quantities import holding, is_kind
from tutor.syntax.tree import Negative, Node, Quantity, Statement

PATTERNS = (
    "u - a*d -> u + a*d",
    "u*d - 1/2*a*d^2 -> u*d + 1/2*a*d^2",
    "u*d - a*d^2/2 -> u*d + a*d^2/2",
    "u^2 - 2*a*s -> u^2 + 2*a*s",
)
OF = {"u": "m/s", "a": "acceleration", "d": "s", "s": "m"}


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A negative acceleration taken without its sign, or one added that is taken away."""
    for place in places(line):
        if (
            isinstance(place, Negative)
            and isinstance(place.operand, Quantity)
            and is_kind(place.operand, "acceleration")
        ):
            yield with_part(line, place, place.operand)
    for rule in compiled(PATTERNS):
        yield from rewritten(rule, line, holding(OF))


RULE = Misconception(
    id="deceleration_sign_lost",
    wrong_forms=wrong_forms,
    size=9,
)
