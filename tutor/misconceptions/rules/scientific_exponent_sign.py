"""a*10^(-n) -> a*10^n"""

from __future__ import annotations

from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import differing, value
from tutor.syntax.tree import Power, Product, Statement


def fits(before: Statement, line: Statement) -> bool:
    """Whether a number is written with a power of ten whose exponent has the wrong sign: 4.5·10³ for 0.0045."""
    number_as, line = differing(before, line) or (None, line)
    if number_as is None or not isinstance(line, Product) or len(line.factors) != 2:
        return False
    known, (front, power) = value(number_as), line.factors
    first = value(front)
    if known is None or first is None or not isinstance(power, Power) or value(power.base) != 10:
        return False
    n = value(power.exponent)
    return bool(n) and n is not None and abs(n) < 40 and known == first * Fraction(10) ** int(-n)


RULE = Misconception(
    "scientific_exponent_sign",
    patterns=(
        "a*10^n -> a*10^(-n)",
        "a*10^(-n) -> a*10^n",
    ),
    fits=fits,
    size=8,
)
