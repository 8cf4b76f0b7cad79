"""a*x with x = n -> 10*a + n"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.misconceptions.terms import number, split
from tutor.syntax.tree import Node, Product, Statement, Symbol


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The digits of the coefficient and of the value side by side, for a letter with one digit."""
    for place in places(line):
        if isinstance(place, Product) and len(place.factors) == 2:
            found, body = split(place)
            if isinstance(body, Symbol) and found.denominator == 1 and found > 0:
                yield with_part(line, place, sum_of((number(10 * found), body)))


RULE = Misconception("letter_as_digit", wrong_forms=wrong_forms, size=6)
