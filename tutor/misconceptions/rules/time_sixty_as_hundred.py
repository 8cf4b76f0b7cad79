"""p h q min -> p.q h"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import numeral
from tutor.misconceptions.patterns import places, with_part
from tutor.misconceptions.quantities import Conversion, converts
from tutor.syntax.tree import Node, Number, Quantity, Statement, Sum

PAIRS = (("h", "min"), ("min", "s"))


def wrong_forms(line: Statement) -> Iterator[Node]:
    """1 h 30 min as 1.30 h, and 2.5 h as 2 h 50 min."""
    for place in places(line):
        match place:
            case Sum((Quantity(Number(value=large), unit), Quantity(Number(value=small), other))):
                if (unit.factors, other.factors) in [(((a, 1),), ((b, 1),)) for a, b in PAIRS] and small < 60:
                    for parts in (10, 100):
                        yield with_part(line, place, Quantity(numeral(large + small / Fraction(parts)), unit))
            case Quantity(Number(value=value), unit) if value.denominator != 1:
                if unit.factors in [((a, 1),) for a, _ in PAIRS]:
                    whole = value.numerator // value.denominator
                    for parts in (10, 100):
                        sixtieths = (value - whole) * parts
                        yield with_part(line, place, Quantity(numeral(whole + sixtieths / 60), unit))


def hundred(found: Conversion) -> bool:
    """A hundred minutes in an hour."""
    return found.words <= {"h", "min", "s"} and found.did_one_of(100, 1 / 100)


RULE = Misconception(
    id="time_sixty_as_hundred",
    wrong_forms=wrong_forms,
    fits=converts(hundred),
    size=8,
)
