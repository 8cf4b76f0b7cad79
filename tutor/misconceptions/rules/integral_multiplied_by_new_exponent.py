"""integrate(x^n, x) -> (n + 1)*x^(n + 1) + C"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import ONE, power, times
from tutor.misconceptions.differentiating import more
from tutor.misconceptions.integrating import as_power_of_letter, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Negative


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """u^n -> (n + 1)*u^(n + 1)"""
    match as_power_of_letter(expr, name):
        case (c, base, exponent) if exponent != Negative(ONE):
            new = more(exponent, 1)
            yield times(c, new, power(base, new))


RULE = Misconception(id="integral_multiplied_by_new_exponent", wrong_forms=with_slip(slip), size=7)
