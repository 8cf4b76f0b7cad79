"""x^2 < a^2 -> x < a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated
from tutor.misconceptions.terms import isolated, root_of
from tutor.syntax.tree import Both, Chain, Either, Node, Number, Power, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The inequality of the roots, with the positive root, or with both and the same sign."""
    for body, other, relation in isolated(line):
        match body:
            case Power(base, Number(value=n)) if n % 2 == 0 and relation not in "=!=":
                root = root_of(other, int(n))
                yield Chain((base, root), (relation,))
                yield Chain((base, negated(root)), (relation,))
                both = (Chain((base, root), (relation,)), Chain((base, negated(root)), (relation,)))
                yield Both(both)
                yield Either(both)


RULE = Misconception("square_inequality_rooted", wrong_forms=wrong_forms, keeps_value=True, size=9, final=True)
