"""a*x + b = c*x + d -> (a + c)*x = d - b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import sum_of
from tutor.misconceptions.terms import sides, terms
from tutor.syntax.tree import Node, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Each term with an unknown that the other side has, too, brought over with its sign."""
    for left, right, make in sides(line):
        parts = terms(left)
        for i, term in enumerate(parts):
            if symbols(term) & symbols(right):
                yield make(sum_of((*parts[:i], *parts[i + 1 :])), sum_of((*terms(right), term)))


RULE = Misconception("unknown_term_sign_kept", wrong_forms=wrong_forms, size=11)
