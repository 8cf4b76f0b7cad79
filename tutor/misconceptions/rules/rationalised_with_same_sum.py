"""1/(sqrt(a) + b) -> (sqrt(a) + b)/(a + b^2)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, product_of, sum_of, with_part
from tutor.misconceptions.terms import number
from tutor.syntax.tree import Node, Power, Quotient, Root, Statement, Sum, kinds


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Top and bottom times the bottom itself, whose square is taken as the sum, or difference, of the squares."""
    for place in places(line):
        if isinstance(place, Quotient) and isinstance(place.bottom, Sum) and len(place.bottom.terms) == 2:
            a, b = place.bottom.terms
            if Root not in kinds(place.bottom):
                continue
            one, other = (Power(t, number(2)) for t in (a, b))
            top = product_of((place.top, place.bottom))
            yield with_part(line, place, Quotient(top, sum_of((one, other))))
            yield with_part(line, place, Quotient(top, sum_of((one, negated(other)))))


RULE = Misconception("rationalised_with_same_sum", wrong_forms=wrong_forms, size=9)
