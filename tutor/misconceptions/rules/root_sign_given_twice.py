"""x = sqrt(a^2) -> x = a or x = -a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import with_part
from tutor.misconceptions.terms import either, equation, sides
from tutor.syntax.tree import Expr, Negative, Node, Root, Statement, Symbol, symbols, walk


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Both signs for a root that is written with one."""
    if not equation(line):
        return
    for left, right, _ in sides(line):
        for root in (n for n in walk(right) if isinstance(n, Root)):
            if isinstance(left, Symbol) and not symbols(right):
                other = with_part(right, root, Negative(root))
                if isinstance(other, Expr):
                    yield either(left, [right, other])


RULE = Misconception("root_sign_given_twice", wrong_forms=wrong_forms, keeps_value=True, size=9, final=True)
