"""a*x = b -> x = a/b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import number, sides, split, terms
from tutor.syntax.tree import Node, Quotient, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The number in front of the unknown divided by the other side."""
    for left, right, make in sides(line):
        found, body = split(left)
        if symbols(left) and found not in (0, 1) and not isinstance(left, Sum) and terms(right):
            yield make(body, Quotient(number(found), right))


RULE = Misconception("divide_coefficient_upside_down", wrong_forms=wrong_forms, size=8)
