"""F(b) - F(a) -> F(a) - F(b)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.integrating import bounds_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Integral, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """F(b) - F(a) -> F(a) - F(b)"""
    match bounds_of(expr):
        case (upper, lower):
            yield Sum((lower, Negative(upper)))
            return
    if isinstance(expr, Integral) and expr.lower is not None:
        yield Negative(expr)


RULE = Misconception(id="bounds_subtracted_in_wrong_order", wrong_forms=anywhere(local), size=7)
