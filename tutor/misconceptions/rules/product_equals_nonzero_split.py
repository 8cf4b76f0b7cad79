"""(x - a)*(x - b) = c -> x - a = c or x - b = c"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import product_of
from tutor.misconceptions.terms import equation, factors, number, sides, value
from tutor.syntax.tree import Chain, Either, Node, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Each factor set equal to a right side that is not nought."""
    if not equation(line):
        return
    for left, right, _ in sides(line):
        with_letters = [f for f in factors(left) if symbols(f)]
        if len(with_letters) > 1 and value(right):
            yield Either(tuple(Chain((f, right), ("=",)) for f in with_letters))
            rest = [f for f in factors(left) if not symbols(f)]
            if rest:
                divided = number((value(right) or Fraction(1)) / (value(product_of(rest)) or Fraction(1)))
                yield Either(tuple(Chain((f, divided), ("=",)) for f in with_letters))


RULE = Misconception("product_equals_nonzero_split", wrong_forms=wrong_forms, size=11)
