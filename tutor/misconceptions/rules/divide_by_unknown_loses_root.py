"""x^2 = a*x -> x = a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ZERO, product_of
from tutor.misconceptions.terms import all_on_one_side, equation, factors, sides, the_letter, written
from tutor.syntax.tree import Chain, Node, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Both sides without a factor that they share, or without the factor x that every term has."""
    for left, right, make in sides(line):
        for factor in factors(left):
            mine, theirs = list(factors(left)), list(factors(right))
            if symbols(factor) and factor in theirs:
                mine.remove(factor)
                theirs.remove(factor)
                yield make(product_of(mine), product_of(theirs))
    name = the_letter(line)
    found = all_on_one_side(line, name) if name is not None and equation(line) else None
    if name is not None and found is not None and len(found) > 2 and not found[0]:
        yield Chain((written(found[1:], name), ZERO), ("=",))


RULE = Misconception("divide_by_unknown_loses_root", wrong_forms=wrong_forms, size=8)
