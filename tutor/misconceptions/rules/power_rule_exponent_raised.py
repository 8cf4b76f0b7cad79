"""diff(x^(-n), x) -> -n*x^(-n + 1)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import power, times
from tutor.misconceptions.differentiating import as_power, inner_slope, more, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import literal
from tutor.syntax.tree import Expr


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """u^n -> n*u^(n + 1)*u' for n below 1"""
    match as_power(expr, name):
        case (c, base, exponent) if (n := literal(exponent)) is not None and n < 1:
            yield times(c, exponent, power(base, more(exponent, 1)), inner_slope(base, name))


RULE = Misconception(id="power_rule_exponent_raised", wrong_forms=with_slip(slip), size=7)
