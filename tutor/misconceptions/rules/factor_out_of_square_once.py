"""(k*a + k*b)^2 -> k*(a + b)^2"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, product_of, with_part
from tutor.misconceptions.terms import number, scaled, split, value
from tutor.syntax.tree import Node, Power, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A common factor of a bracket in front of its power, not raised to it."""
    for place in places(line):
        if isinstance(place, Power) and isinstance(place.base, Sum) and value(place.exponent) not in (None, 1):
            sizes = [split(t)[0] for t in place.base.terms]
            if all(s.denominator == 1 for s in sizes):
                for by in {gcd(*(abs(s.numerator) for s in sizes)), sizes[0].numerator}:
                    if by not in (0, 1):
                        inner = scaled(place.base, Fraction(1, by))
                        yield with_part(line, place, product_of((number(by), Power(inner, place.exponent))))


RULE = Misconception("factor_out_of_square_once", wrong_forms=wrong_forms, size=9)
