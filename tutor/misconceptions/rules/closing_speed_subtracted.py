"""v + w -> v - w"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import with_part
from tutor.misconceptions.quantities import is_kind
from tutor.syntax.tree import Chain, Negative, Node, Quotient, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The speeds of two that approach each other, alone or below a distance."""
    for side in line.operands if isinstance(line, Chain) else (line,):
        inner = side.bottom if isinstance(side, Quotient) and is_kind(side.top, "m") else side
        match inner:
            case Sum((v, w)) if not isinstance(v, Negative) and not isinstance(w, Negative) and is_kind(v, "m/s"):
                yield with_part(line, inner, Sum((v, Negative(w))))
                yield with_part(line, inner, Sum((w, Negative(v))))


RULE = Misconception(
    id="closing_speed_subtracted",
    wrong_forms=wrong_forms,
    words=r"toward|approach|meet|each other|oncoming|head-on",
    size=5,
)
