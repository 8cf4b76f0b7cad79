"""integrate(1/x^2, (x, -a, b)) -> F(b) - F(-a)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.integrating import bounds_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Integral, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """F(b) - F(a), where that is not the integral"""
    match bounds_of(expr):
        case (upper, lower) if isinstance(expr, Integral):
            yield Sum((upper, Negative(lower)))


RULE = Misconception(id="integrated_across_infinite_point", wrong_forms=anywhere(local), size=8)
