"""a*x = b -> x = b - a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import product_of, sum_of
from tutor.misconceptions.terms import difference, factors, number, sides, split, terms
from tutor.syntax.tree import Node, Quotient, Statement, Sum, Symbol, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The number in front of the unknown taken from the other side, or added to it."""
    for left, right, make in sides(line):
        found, body = split(left)
        if symbols(left) and found not in (0, 1) and not isinstance(left, Sum | Quotient):
            for moved in (number(-found), number(found)):
                yield make(body, sum_of((*terms(right), moved)))
        parts = factors(left)
        for k, factor in enumerate(parts if len(symbols(left)) > 1 else ()):
            others = product_of([*parts[:k], *parts[k + 1 :]])
            if isinstance(factor, Symbol) and factor.name not in symbols(others):
                yield make(factor, difference(right, others))


RULE = Misconception("coefficient_subtracted", wrong_forms=wrong_forms, size=9)
