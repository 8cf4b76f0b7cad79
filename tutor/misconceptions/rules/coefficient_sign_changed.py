"""a*x = b -> x = -b/a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated
from tutor.misconceptions.terms import number, scaled, sides, split, terms
from tutor.syntax.tree import Node, Quotient, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The other side divided by the coefficient, with the sign turned."""
    for left, right, make in sides(line):
        found, body = split(left)
        if symbols(left) and abs(found) not in (0, 1) and not isinstance(left, Sum) and terms(right):
            yield make(body, scaled(right, -1 / found))
            yield make(body, negated(Quotient(right, number(found))))


RULE = Misconception("coefficient_sign_changed", wrong_forms=wrong_forms, size=9)
