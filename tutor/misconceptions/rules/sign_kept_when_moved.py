"""x + a = b -> x = b + a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import sum_of
from tutor.misconceptions.terms import sides, terms
from tutor.syntax.tree import Node, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Each term in turn on the other side with its sign; a term of an unknown that is there too is another error."""
    for left, right, make in sides(line):
        parts = terms(left)
        for i, term in enumerate(parts):
            if len(parts) > 1 and not symbols(term) & symbols(right):
                yield make(sum_of((*parts[:i], *parts[i + 1 :])), sum_of((*terms(right), term)))


RULE = Misconception("sign_kept_when_moved", wrong_forms=wrong_forms, size=10)
