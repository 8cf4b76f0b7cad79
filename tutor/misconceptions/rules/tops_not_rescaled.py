"""a/b + c/d -> (a + c)/(b*d)"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import lcm

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, product_of, sum_of, with_part
from tutor.misconceptions.terms import number, value
from tutor.syntax.tree import Expr, Negative, Node, Quotient, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The old tops, or one of two, over a common denominator: the product or the least."""
    for place in places(line):
        if not isinstance(place, Sum):
            continue
        found = [fraction(t) for t in place.terms]
        for some in (c for n in range(2, len(found) + 1) for c in combinations(range(len(found)), n)):
            chosen = [f for k in some if (f := found[k]) is not None]
            if len(chosen) < len(some) or len({b for _, b in chosen}) == 1:
                continue
            rest = [t for k, t in enumerate(place.terms) if k not in some]
            tops = sum_of([a for a, _ in chosen])
            bottoms = [int(b) for _, b in chosen]
            product = 1
            for b in bottoms:
                product *= b
            for common in dict.fromkeys((product, lcm(*bottoms))):
                yield with_part(line, place, sum_of((Quotient(tops, number(common)), *rest)))
                for k, (top, bottom) in enumerate(chosen if len(chosen) == 2 else ()):  # only one of two rescaled
                    new = product_of((number(common / bottom), top))
                    one = sum_of((new, chosen[1][0]) if k == 0 else (chosen[0][0], new))
                    if common != bottom:
                        yield with_part(line, place, sum_of((Quotient(one, number(common)), *rest)))


def fraction(term: Expr) -> tuple[Expr, Fraction] | None:
    """Top and bottom of a term, the sign above; a whole number or a letter has none."""
    sign = isinstance(term, Negative)
    inner = term.operand if isinstance(term, Negative) else term
    if not isinstance(inner, Quotient):
        return None
    bottom = value(inner.bottom)
    if bottom is None or bottom.denominator != 1 or bottom <= 0:
        return None
    return (negated(inner.top) if sign else inner.top), bottom


RULE = Misconception("tops_not_rescaled", wrong_forms=wrong_forms, size=9)
