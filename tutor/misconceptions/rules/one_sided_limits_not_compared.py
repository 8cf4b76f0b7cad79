"""limit(f, x, a) -> limit from the right"""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from tutor.misconceptions.approaching import direction, exact, of_limits, tends_to
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import numeral
from tutor.syntax.tree import Constant, Expr, Limit, Negative


def local(limit: Limit) -> Iterator[Expr]:
    """The one or the other, where they differ"""
    if not limit.side and direction(limit.target) is None:
        right, left = (tends_to(limit.operand, limit, side) for side in "+-")
        if right is not None and left is not None and abs(right - left) > 1e-2:
            for value in (right, left):
                yield infinite(value) if isinf(value) else numeral(exact(value))


def infinite(value: float) -> Expr:
    """Infinity with its sign."""
    return Constant("infinity") if value > 0 else Negative(Constant("infinity"))


RULE = Misconception(id="one_sided_limits_not_compared", wrong_forms=of_limits(local), size=8)
