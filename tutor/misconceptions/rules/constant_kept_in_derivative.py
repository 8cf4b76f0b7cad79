"""diff(x^2 + c, x) -> 2*x + c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import ONE, power, times
from tutor.misconceptions.differentiating import more, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Constant, Expr, Power, Symbol, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """c -> c, and c^n -> n*c^(n - 1)"""
    if name in symbols(expr):
        return
    yield expr
    match expr:
        case Power(base, exponent):
            yield times(exponent, power(base, more(exponent, -1)))
        case Symbol() | Constant():
            yield ONE


RULE = Misconception(id="constant_kept_in_derivative", wrong_forms=with_slip(slip), size=7)
