"""-x = a -> x = a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import scaled, sides, split, terms
from tutor.syntax.tree import Node, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Divided by the size of a negative coefficient, and the minus lost."""
    for left, right, make in sides(line):
        found, body = split(left)
        if symbols(left) and found < 0 and not isinstance(left, Sum) and terms(right):
            yield make(body, scaled(right, -1 / found))


RULE = Misconception("minus_left_on_unknown", wrong_forms=wrong_forms, size=8)
