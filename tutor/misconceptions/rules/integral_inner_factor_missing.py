"""integrate(cos(k*x), x) -> sin(k*x) + C"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.integrating import outer_integral, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f(u) -> F(u)"""
    match outer_integral(expr, name):
        case (found, _):
            yield found


RULE = Misconception(id="integral_inner_factor_missing", wrong_forms=with_slip(slip), size=7)
