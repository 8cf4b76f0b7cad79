"""integrate(u*dv) -> u*v + integrate(v*du)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative, plus, times
from tutor.misconceptions.integrating import between_bounds, integral_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Integral, Product, symbols


def local(expr: Expr) -> Iterator[Expr]:
    """u*v' -> u*v + the integral of v*u'"""
    if not isinstance(expr, Integral) or not isinstance(expr.integrand, Product):
        return
    name, factors = expr.variable.name, expr.integrand.factors
    for k, u in enumerate(factors):
        v = integral_of(times(*factors[:k], *factors[k + 1 :]), name) if name in symbols(u) else None
        if v is None:
            continue
        rest = times(v, derivative(u, name))
        second = integral_of(rest, name)
        if second is None and expr.lower is not None:
            continue
        found = times(u, v)
        yield between_bounds(expr, plus((found, second if second is not None else Integral(rest, expr.variable))))


RULE = Misconception(id="parts_sign_wrong", wrong_forms=anywhere(local), size=8)
