"""-a^2 -> (-a)^2"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal
from tutor.syntax.tree import Expr, Negative, Power, Product, Quotient


def local(expr: Expr) -> Iterator[Expr]:
    """-a^n -> a^n for even n, also of a coefficient: -a^2*b -> a^2*b"""
    match expr:
        case Negative(Power(_, exponent) as power) if even(exponent):
            yield power
        case Negative(Product((Power(_, exponent), *_)) as product) if even(exponent):
            yield product
        case Negative(Quotient(Power(_, exponent), _) as quotient) if even(exponent):
            yield quotient


def even(exponent: Expr) -> bool:
    """2, 4, ..."""
    value = literal(exponent)
    return value is not None and value.denominator == 1 and int(value) % 2 == 0


RULE = Misconception(id="minus_inside_power", wrong_forms=anywhere(local), size=7)
