"""a*x = b -> x = b/(a*x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ONE, ZERO
from tutor.misconceptions.terms import number, sides, split
from tutor.syntax.tree import Node, Quotient, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The other side over the whole term; or 1 where the unknown stood, without it below."""
    for left, right, make in sides(line):
        found, body = split(left)
        if symbols(left) and abs(found) not in (0, 1) and not isinstance(left, Sum | Quotient):
            yield make(body, Quotient(right, left))
            yield make(ONE, Quotient(right, number(found)))
            yield make(ZERO, Quotient(right, number(found)))


RULE = Misconception("divide_whole_term_away", wrong_forms=wrong_forms)
