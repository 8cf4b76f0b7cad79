"""(a - b)/(b - a) -> 1"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, sum_of, with_part
from tutor.misconceptions.terms import at, factors, polynomial, split, terms, the_letter
from tutor.syntax.tree import Node, Product, Quotient, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A quotient with a difference and its opposite, without the minus."""
    for place in places(line):
        if isinstance(place, Quotient) and (isinstance(place.top, Sum | Product) and symbols(place)):
            opposite = [t for t in factors(place.bottom) if isinstance(t, Sum)]
            if opposed(place, opposite):
                yield with_part(line, place, negated(place))


def opposed(place: Quotient, differences: list[Sum]) -> bool:
    """Whether the top holds a factor that is minus one of these: x^2 - 4 has x - 2 for 2 - x."""
    name = the_letter(place)
    for one in differences:
        turned = sum_of([negated(t) for t in reversed(one.terms)])
        for factor in factors(place.top):
            if isinstance(factor, Sum) and {*map(split, factor.terms)} == {*map(split, terms(turned))}:
                return True
        if name is None:
            continue
        top, bottom = polynomial(place.top, name), polynomial(one, name)
        lead = split(one.terms[0])
        falls = bottom is not None and len(bottom) == 2 and (bottom[1] < 0 or not symbols(lead[1]))
        if falls and bottom is not None and top and not at(top, -bottom[0] / bottom[1]):
            return True
    return False


RULE = Misconception("opposite_factors_cancel_to_one", wrong_forms=wrong_forms, size=11)
