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
            moved = symbols(left) or len(terms(right)) > 1  # x = 3 - 10 is solved: nothing is moved any more
            if len(parts) > 1 and moved and not symbols(term) & symbols(right):
                yield make(sum_of((*parts[:i], *parts[i + 1 :])), sum_of((*terms(right), term)))


RULE = Misconception("sign_kept_when_moved", wrong_forms=wrong_forms, size=10)
