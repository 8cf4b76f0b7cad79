"""-a*x < b -> x < -b/a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import added, number, polynomial, sides, split, the_letter
from tutor.syntax.tree import Node, Quotient, Statement, Sum, Symbol


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The solution with the sign as it was, where the unknown stands with a negative coefficient."""
    name = the_letter(line)
    for left, right, make in sides(line):
        relation = make(left, right).relations[0]
        if name is None:
            found, body = split(left)
            if relation not in "=!=" and found < 0 and not isinstance(left, Sum):
                yield make(body, Quotient(right, number(found)))
            continue
        mine, theirs = polynomial(left, name), polynomial(right, name)
        if relation in "=!=" or mine is None or theirs is None or max(len(mine), len(theirs)) != 2:
            continue
        rest = added(mine, tuple(-c for c in theirs))
        if len(rest) == 2 and rest[1] < 0:
            yield make(Symbol(name), number(-rest[0] / rest[1]))


RULE = Misconception("inequality_not_flipped", wrong_forms=wrong_forms, size=9)
