"""p*(1 + r)^n -> p*(1 + n*r)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, with_part
from tutor.misconceptions.terms import number
from tutor.syntax.tree import Node, Number, Power, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The same for 1.04^5 and 0.9^3."""
    for place in places(line):
        match place:
            case Power(Number(value=factor, places=shown), Number(value=n)) if shown and 0 < factor < 2:
                yield with_part(line, place, number(1 + n * (factor - 1)))


RULE = Misconception(
    "compound_growth_as_linear",
    patterns=(
        "(1 + r)^n -> 1 + n*r",
        "(1 - r)^n -> 1 - n*r",
    ),
    wrong_forms=wrong_forms,
    size=9,
)
