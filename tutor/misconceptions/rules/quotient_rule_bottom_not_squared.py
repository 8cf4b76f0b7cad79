"""diff(f(x)/g(x), x) -> (diff(f(x), x)*g(x) - f(x)*diff(g(x), x))/g(x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative, times
from tutor.misconceptions.differentiating import as_power, quotient_rule, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Quotient, Symbol, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f/g -> (f'*g - f*g')/g"""
    match expr:
        case Quotient(top, bottom) if name in symbols(bottom) and not of_the_letter(expr, name):
            above, below = derivative(top, name), derivative(bottom, name)
            yield times(bottom, quotient_rule(top, bottom, above, below))


def of_the_letter(expr: Expr, name: str) -> bool:
    """c/x^n, which is a power: the power rule is more likely to have gone wrong."""
    found = as_power(expr, name)
    return found is not None and isinstance(found[1], Symbol)


RULE = Misconception(id="quotient_rule_bottom_not_squared", wrong_forms=with_slip(slip), size=8)
