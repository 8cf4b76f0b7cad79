"""1 - (1 - p)^n -> n*p"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.events import CHANCE, chance
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal
from tutor.syntax.tree import Expr, Negative, Power, Product, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """1 - q^n -> n*(1 - q) for a chance q"""
    match expr:
        case Sum((one, Negative(Power(base, exponent)))) if literal(one) == 1 and chance(base) is not None:
            yield Product((exponent, Sum((one, Negative(base)))))
        case Sum((one, Negative(Power(Sum((same, Negative(p))), exponent)))) if literal(one) == literal(same) == 1:
            yield Product((exponent, p))


RULE = Misconception(id="at_least_one_added", wrong_forms=anywhere(local), size=9, words=CHANCE)
