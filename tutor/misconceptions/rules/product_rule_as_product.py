"""diff(f(x)*g(x), x) -> diff(f(x), x)*diff(g(x), x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative, times
from tutor.misconceptions.differentiating import with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Product, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f*g -> f'*g'"""
    if isinstance(expr, Product):
        moving = [f for f in expr.factors if name in symbols(f)]
        if len(moving) > 1:
            yield times(*(f for f in expr.factors if name not in symbols(f)), *(derivative(f, name) for f in moving))


RULE = Misconception(id="product_rule_as_product", wrong_forms=with_slip(slip), size=8)
