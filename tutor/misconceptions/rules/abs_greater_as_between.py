"""abs(x) > a -> -a < x and x < a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import TURNED, negated
from tutor.misconceptions.terms import isolated, number, polynomial, the_letter, value
from tutor.syntax.tree import Absolute, Both, Chain, Node, Statement, Symbol


def wrong_forms(line: Statement) -> Iterator[Node]:
    """One interval, or the same two bounds joined, for a greater sign."""
    for body, other, relation in isolated(line):
        if isinstance(body, Absolute) and relation in (">", ">="):
            less = TURNED[relation]
            inner, low = body.operand, negated(other)
            yield Both((Chain((low, inner), (less,)), Chain((inner, other), (less,))))
            yield Both((Chain((low, inner), (relation,)), Chain((inner, other), (relation,))))
            name = the_letter(inner)
            found = polynomial(inner, name) if name is not None else None
            known = value(other)
            if name is not None and found is not None and len(found) == 2 and known is not None:
                bounds = sorted((s * known - found[0]) / found[1] for s in (1, -1))
                x = Symbol(name)
                yield Both((Chain((number(bounds[0]), x), (less,)), Chain((x, number(bounds[1])), (less,))))
                yield Chain((number(bounds[0]), x, number(bounds[1])), (less, less))


RULE = Misconception("abs_greater_as_between", wrong_forms=wrong_forms, size=10)
