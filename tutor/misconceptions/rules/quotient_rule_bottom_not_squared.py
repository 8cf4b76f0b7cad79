"""diff(f(x)/g(x), x) -> (diff(f(x), x)*g(x) - f(x)*diff(g(x), x))/g(x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative, times
from tutor.misconceptions.differentiating import quotient_rule, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Quotient, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f/g -> (f'*g - f*g')/g"""
    match expr:
        case Quotient(top, bottom) if name in symbols(bottom):
            above, below = derivative(top, name), derivative(bottom, name)
            yield times(bottom, quotient_rule(top, bottom, above, below))


RULE = Misconception(id="quotient_rule_bottom_not_squared", wrong_forms=with_slip(slip), size=8)
