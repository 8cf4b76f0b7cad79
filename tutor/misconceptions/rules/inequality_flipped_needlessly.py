"""a*x > -b -> x < -b/a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import TURNED
from tutor.misconceptions.terms import added, number, polynomial, sides, the_letter
from tutor.syntax.tree import Chain, Node, Statement, Symbol


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The solution with the sign turned round, where the unknown stands with a positive coefficient."""
    name = the_letter(line)
    for left, right, make in sides(line):
        relation = make(left, right).relations[0]
        if name is None or relation in "=!=":
            continue
        mine, theirs = polynomial(left, name), polynomial(right, name)
        if mine is None or theirs is None or max(len(mine), len(theirs)) != 2:
            continue
        if (len(theirs) < 2 and mine[1] < 0) or (len(mine) < 2 and theirs[1] < 0):
            continue  # its divisor is negative: there the sign has to be turned
        rest = added(mine, tuple(-c for c in theirs))
        if len(rest) == 2 and rest[1] > 0:
            yield Chain((Symbol(name), number(-rest[0] / rest[1])), (TURNED[relation],))


RULE = Misconception("inequality_flipped_needlessly", wrong_forms=wrong_forms, size=8)
