"""diff(x^n, x) -> n*x^n"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import power, times
from tutor.misconceptions.differentiating import as_power, inner_slope, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """u^n -> n*u^n*u'"""
    match as_power(expr, name):
        case (c, base, exponent):
            yield times(c, exponent, power(base, exponent), inner_slope(base, name))


RULE = Misconception(id="power_rule_exponent_not_lowered", wrong_forms=with_slip(slip), size=6)
