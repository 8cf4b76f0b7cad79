"""integrate(cos(k*x), x) -> k*sin(k*x) + C"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative, times
from tutor.misconceptions.integrating import outer_integral, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f(u) -> u'*F(u)"""
    match outer_integral(expr, name):
        case (found, inner):
            yield times(derivative(inner, name), found)


RULE = Misconception(id="inner_factor_multiplied_in_integral", wrong_forms=with_slip(slip), size=7)
