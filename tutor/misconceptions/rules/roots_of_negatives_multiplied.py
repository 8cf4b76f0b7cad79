"""sqrt(-a)*sqrt(-b) -> sqrt(a*b)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal, pairs, times_rest
from tutor.syntax.tree import Expr, Negative, Power, Product, Root


def local(expr: Expr) -> Iterator[Expr]:
    """sqrt(-a)*sqrt(-b) -> sqrt(a*b), sqrt(-a)^2 -> a"""
    match expr:
        case Product(factors):
            for one, other, rest in pairs(factors):
                match one, other:
                    case Root(Negative(a), None), Root(Negative(b), None):
                        yield times_rest(Root(Product((a, b))), rest)
        case Power(Root(Negative(a), None), exponent) if literal(exponent) == 2:
            yield a


RULE = Misconception(id="roots_of_negatives_multiplied", wrong_forms=anywhere(local), size=8)
