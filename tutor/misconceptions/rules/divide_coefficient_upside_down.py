"""a*x = b -> x = a/b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import product_of
from tutor.misconceptions.terms import factors, number, sides, split, terms
from tutor.syntax.tree import Node, Quotient, Statement, Sum, Symbol, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The number in front of the unknown divided by the other side."""
    for left, right, make in sides(line):
        found, body = split(left)
        if symbols(left) and found not in (0, 1) and not isinstance(left, Sum) and terms(right):
            yield make(body, Quotient(number(found), right))
        parts = factors(left)
        for k, factor in enumerate(parts if len(symbols(left)) > 1 else ()):
            others = product_of([*parts[:k], *parts[k + 1 :]])
            if isinstance(factor, Symbol) and factor.name not in symbols(others) and terms(right):
                yield make(factor, Quotient(others, right))


RULE = Misconception("divide_coefficient_upside_down", wrong_forms=wrong_forms, size=8)
