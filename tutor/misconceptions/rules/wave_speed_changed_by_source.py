"""v -> k*v, where the frequency is k times as high"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import numeral
from tutor.misconceptions.patterns import with_part
from tutor.misconceptions.quantities import is_kind, worth
from tutor.syntax.tree import Chain, Node, Product, Quantity, Quotient, Statement, Symbol

TIMES = (2, 3, 4, 5, Fraction(1, 2), Fraction(1, 3))


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The speed itself, or v in v/f, multiplied as the frequency was."""
    match line:
        case Chain((Symbol(), Quantity() as speed), ("=",)) if is_kind(speed, "m/s"):
            for k in TIMES:
                yield with_part(line, speed, Product((numeral(k), speed)))
        case Chain((Symbol(), Quotient(Quantity() as speed, Quantity(value=rate) as often)), ("=",)):
            k_found = worth(rate)
            if is_kind(speed, "m/s") and is_kind(often, "Hz") and k_found in TIMES:
                yield with_part(line, speed, Product((rate, speed)))


RULE = Misconception(
    id="wave_speed_changed_by_source",
    wrong_forms=wrong_forms,
    words=r"wave|sound|tone|light|pitch|note",
    size=5,
)
