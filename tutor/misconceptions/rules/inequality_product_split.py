"""(x - a)*(x - b) > 0 -> x - a > 0 and x - b > 0"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import TURNED, ZERO
from tutor.misconceptions.terms import factors, number, polynomial, sides, the_letter
from tutor.syntax.tree import Both, Chain, Either, Expr, Node, Statement, Symbol, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Each factor with the sign of the product."""
    for left, right, make in sides(line):
        relation = make(left, right).relations[0]
        parts = [f for f in factors(left) if symbols(f)]
        if relation not in "=!=" and right == ZERO and len(parts) > 1:
            new = tuple(Chain((f, ZERO), (relation,)) for f in parts)
            yield Both(new)
            yield Either(new)
            solved = tuple(s for f in parts if (s := bound(f, relation)) is not None)
            if len(solved) == len(new):
                yield Both(solved)
                yield Either(solved)


def bound(factor: Expr, relation: str) -> Chain | None:
    """x > 2 for x - 2 > 0."""
    name = the_letter(factor)
    found = polynomial(factor, name) if name is not None else None
    if name is None or found is None or len(found) != 2:
        return None
    return Chain((Symbol(name), number(-found[0] / found[1])), (relation if found[1] > 0 else TURNED[relation],))


RULE = Misconception("inequality_product_split", wrong_forms=wrong_forms, size=10)
