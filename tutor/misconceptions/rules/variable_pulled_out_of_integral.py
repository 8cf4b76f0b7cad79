"""integrate(x*f, x) -> x*integrate(f, x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import times
from tutor.misconceptions.integrating import integral_of, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Product, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f*g -> f*G"""
    if isinstance(expr, Product):
        for k, factor in enumerate(expr.factors):
            rest = times(*expr.factors[:k], *expr.factors[k + 1 :])
            if name in symbols(factor) and name in symbols(rest):
                found = integral_of(rest, name)
                if found is not None:
                    yield times(factor, found)


RULE = Misconception(id="variable_pulled_out_of_integral", wrong_forms=with_slip(slip), size=8)
