"""diff(a^x, x) -> x*a^(x - 1)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import ONE, derivative, times
from tutor.misconceptions.differentiating import with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Negative, Power, Sum, Symbol, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """a^u -> u*a^(u - 1), also with u' behind it"""
    match expr:
        case Power(base, exponent) if name not in symbols(base) and name in symbols(exponent):
            wrong = times(exponent, Power(base, Sum((exponent, Negative(ONE)))))
            yield wrong
            if exponent != Symbol(name):
                yield times(wrong, derivative(exponent, name))


RULE = Misconception(id="power_rule_on_exponential", wrong_forms=with_slip(slip), size=7)
