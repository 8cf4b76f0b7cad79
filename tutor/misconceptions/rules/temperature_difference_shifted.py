"""a difference of n K -> n + 273 K"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import numeral
from tutor.misconceptions.patterns import places, with_part
from tutor.misconceptions.quantities import KELVIN, is_kind
from tutor.syntax.tree import Node, Quantity, Statement, Sum

OFFSETS = (Fraction(273), Fraction(27315, 100))


def wrong_forms(line: Statement) -> Iterator[Node]:
    """273 added to a change of temperature."""
    for place in places(line):
        if isinstance(place, Quantity) and is_kind(place, "K"):
            for offset in OFFSETS:
                yield with_part(line, place, Quantity(Sum((place.value, numeral(offset))), KELVIN))


RULE = Misconception(
    id="temperature_difference_shifted",
    wrong_forms=wrong_forms,
    size=7,
)
