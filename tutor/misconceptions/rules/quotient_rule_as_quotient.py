"""diff(f(x)/g(x), x) -> diff(f(x), x)/diff(g(x), x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative
from tutor.misconceptions.differentiating import with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Quotient, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f/g -> f'/g'"""
    match expr:
        case Quotient(top, bottom) if name in symbols(bottom):
            yield Quotient(derivative(top, name), derivative(bottom, name))


RULE = Misconception(id="quotient_rule_as_quotient", wrong_forms=with_slip(slip), size=8)
