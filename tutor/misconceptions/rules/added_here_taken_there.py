"""x + a = b -> x + a - c = b + c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, product_of, sum_of
from tutor.misconceptions.terms import number, sides, split, terms
from tutor.syntax.tree import Node, Quotient, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A term taken from one side and added to the other."""
    for left, right, make in sides(line):
        for term in terms(left):
            if len(terms(left)) > 1 and symbols(left):
                yield make(sum_of((left, negated(term))), sum_of((*terms(right), term)))
        found, body = split(left)
        if symbols(left) and abs(found) not in (0, 1) and not isinstance(left, Sum) and body != left:
            by = number(found)
            yield make(Quotient(left, by), product_of((right, by)))


RULE = Misconception("added_here_taken_there", wrong_forms=wrong_forms, size=5)
