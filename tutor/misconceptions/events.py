"""Numbers that can be probabilities, and products and fractions of them."""

from __future__ import annotations

from fractions import Fraction

from tutor.misconceptions.numerals import value_of
from tutor.syntax.tree import Expr, Number, Quotient

CHANCE = (
    r"chance|probab|likel|dice|\bdie\b|coin|card|draw|\bbag\b|\burn\b|\bball|marble|throw|toss|random|spinner|"
    r"ill\b|test|event|P\("
)


def chance(expr: Expr) -> Fraction | None:
    """Its value, where that lies between 0 and 1."""
    value = value_of(expr)
    return value if value is not None and 0 < value < 1 else None


def counts(expr: Expr) -> tuple[int, int] | None:
    """3 and 51 of 3/51."""
    match expr:
        case Quotient(Number(value=top), Number(value=bottom)) if top.denominator == bottom.denominator == 1:
            return (int(top), int(bottom)) if 0 < top <= bottom else None
    return None
