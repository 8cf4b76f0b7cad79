"""1/x > 1/a -> x > a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import number, over, sides, value
from tutor.syntax.tree import Node, Quotient, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The reciprocal of each side, the sign as it was."""
    for left, right, make in sides(line):
        if make(left, right).relations[0] not in "=!=" and isinstance(left, Quotient) and symbols(left.bottom):
            other = value(right)
            if other:
                yield make(over(left.bottom, left.top), number(1 / other))
            elif isinstance(right, Quotient):
                yield make(over(left.bottom, left.top), over(right.bottom, right.top))


RULE = Misconception("reciprocal_inequality_not_flipped", wrong_forms=wrong_forms, size=10)
