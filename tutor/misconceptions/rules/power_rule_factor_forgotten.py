"""diff(x^n, x) -> x^(n - 1)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import power, times
from tutor.misconceptions.differentiating import as_power, inner_slope, more, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """u^n -> u^(n - 1)*u'"""
    match as_power(expr, name):
        case (c, base, exponent):
            yield times(c, power(base, more(exponent, -1)), inner_slope(base, name))


RULE = Misconception(id="power_rule_factor_forgotten", wrong_forms=with_slip(slip), size=6)
