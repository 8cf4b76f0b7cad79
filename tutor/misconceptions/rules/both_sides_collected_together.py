"""a*x + b = c*x + d -> (a + c)*x = b + d"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import sum_of
from tutor.misconceptions.terms import sides, terms
from tutor.syntax.tree import Node, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """All terms with letters on one side, all numbers on the other, each with its sign."""
    for left, right, make in sides(line):
        both = (*terms(left), *terms(right))
        letters = [t for t in both if symbols(t)]
        plain_numbers = [t for t in both if not symbols(t)]
        if len(both) > 2 and letters and plain_numbers and terms(left) and terms(right):
            yield make(sum_of(letters), sum_of(plain_numbers))


RULE = Misconception("both_sides_collected_together", wrong_forms=wrong_forms, size=9)
