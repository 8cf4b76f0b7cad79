"""sqrt(f) = g -> keep all roots of f = g^2"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import sum_of
from tutor.misconceptions.terms import (
    added,
    at,
    difference,
    either,
    equation,
    multiplied,
    polynomial,
    roots,
    sides,
    split,
    terms,
    the_letter,
    value,
)
from tutor.syntax.tree import Node, Root, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The roots of the squared equation, one of which fails in the line before."""
    name = the_letter(line)
    if name is None or not equation(line):
        return
    for left, right, _ in sides(line):
        for root in (t for t in terms(left) if isinstance(split(t)[1], Root)):
            found, body = split(root)
            if not isinstance(body, Root) or body.index is not None or name not in symbols(body):
                continue
            rest = difference(right, sum_of([t for t in terms(left) if t is not root]))
            inside, other = polynomial(body.radicand, name), polynomial(rest, name)
            if inside is None or other is None:
                continue
            squared = multiplied(other, other)
            gained = roots(added(tuple(c * found * found for c in inside), tuple(-c for c in squared)))
            if gained and any((v := value(g)) is None or at(other, v) * found < 0 for g in gained):
                yield either(name, gained)
                for one in gained:
                    v = value(one)
                    if v is not None and at(other, v) * found < 0:
                        yield either(name, [one])


RULE = Misconception("extraneous_root_from_squaring", wrong_forms=wrong_forms, keeps_value=True, size=10, final=True)
