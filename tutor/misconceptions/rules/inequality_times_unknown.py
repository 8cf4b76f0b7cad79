"""a/x < b -> a < b*x"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import product_of, sum_of
from tutor.misconceptions.terms import sides, terms
from tutor.syntax.tree import Node, Quotient, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Both sides times a denominator with the unknown, the sign as it was."""
    for left, right, make in sides(line):
        if make(left, right).relations[0] in "=!=":
            continue
        for term in terms(left):
            if isinstance(term, Quotient) and symbols(term.bottom):
                by = term.bottom
                rest = [product_of((by, t)) for t in terms(left) if t is not term]
                yield make(sum_of((term.top, *rest)), sum_of([product_of((by, t)) for t in terms(right)]))


RULE = Misconception("inequality_times_unknown", wrong_forms=wrong_forms, keeps_value=True, size=9)
