"""a - x = b -> x = b - a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, sum_of
from tutor.misconceptions.terms import difference, sides, split, terms, value
from tutor.syntax.tree import Node, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The known number added to the other side or taken from it, the minus before the unknown forgotten."""
    for left, right, make in sides(line):
        parts = terms(left)
        taken = [t for t in parts if symbols(t) and split(t)[0] < 0]
        if len(parts) > 1 and len(taken) == 1 and sum(bool(symbols(t)) for t in parts) == 1:
            rest = sum_of([t for t in parts if t is not taken[0]])
            if value(rest) == 0:
                continue
            yield make(negated(taken[0]), difference(right, rest))
            yield make(negated(taken[0]), sum_of((*terms(right), rest)))


RULE = Misconception("subtracted_unknown_solved_as_added", wrong_forms=wrong_forms, size=12)
