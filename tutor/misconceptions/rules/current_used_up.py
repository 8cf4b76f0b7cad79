"""I_2 = I_1 -> I_2 = a part of I_1"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import numeral
from tutor.misconceptions.quantities import is_kind
from tutor.syntax.tree import Chain, Node, Product, Quantity, Statement, Symbol

PARTS = (Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(1, 4), Fraction(3, 4))


def wrong_forms(line: Statement) -> Iterator[Node]:
    """One current as a part of another."""
    match line:
        case Chain((Symbol() as name, Quantity() | Symbol() as other), ("=",)):
            both = isinstance(other, Symbol) and name.name[0] == other.name[0] == "I"
            if both or is_kind(other, "A"):
                for part in PARTS:
                    yield Chain((name, Product((numeral(part), other))), ("=",))


RULE = Misconception(
    id="current_used_up",
    wrong_forms=wrong_forms,
    size=5,
)
