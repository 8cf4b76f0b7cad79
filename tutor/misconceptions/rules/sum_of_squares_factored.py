"""a^2 + b^2 -> (a + b)*(a - b)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, product_of, sum_of, with_part
from tutor.misconceptions.terms import number, partial_sums, root_of
from tutor.syntax.tree import Negative, Node, Power, Root, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A product of sum and difference, or the square of the sum."""
    for place in places(line):
        for part, beside in partial_sums(place):
            if len(part.terms) != 2 or not symbols(part) or any(isinstance(t, Negative) for t in part.terms):
                continue
            a, b = (root_of(t) for t in part.terms)
            if not isinstance(a, Root) and not isinstance(b, Root):
                plus, minus = sum_of((a, b)), sum_of((a, negated(b)))
                for new in (product_of((plus, minus)), Power(plus, number(2)), Power(minus, number(2))):
                    yield with_part(line, place, beside(new))
                yield with_part(line, place, beside(product_of((plus, sum_of((b, negated(a)))))))


RULE = Misconception("sum_of_squares_factored", wrong_forms=wrong_forms, size=10)
