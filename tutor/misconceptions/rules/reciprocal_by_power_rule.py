"""integrate(1/x, x) -> -1/x^2 + C"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import ONE, TWO
from tutor.misconceptions.integrating import as_power_of_letter, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Negative, Power, Quotient


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """c/u -> -c/u^2, c/(u^2/2), 0"""
    match as_power_of_letter(expr, name):
        case (c, base, exponent) if exponent == Negative(ONE):
            yield Negative(Quotient(c, Power(base, TWO)))
            yield Quotient(c, Quotient(Power(base, TWO), TWO))
            yield Quotient(c, Power(base, TWO))
            yield c


RULE = Misconception(id="reciprocal_by_power_rule", wrong_forms=with_slip(slip), size=8)
