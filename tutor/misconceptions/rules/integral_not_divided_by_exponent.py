"""integrate(x^n, x) -> x^(n + 1) + C"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import ONE, power, times
from tutor.misconceptions.differentiating import more
from tutor.misconceptions.integrating import as_power_of_letter, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Negative


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """u^n -> u^(n + 1)"""
    match as_power_of_letter(expr, name):
        case (c, base, exponent) if exponent != Negative(ONE):
            yield times(c, power(base, more(exponent, 1)))


RULE = Misconception(id="integral_not_divided_by_exponent", wrong_forms=with_slip(slip), size=7)
