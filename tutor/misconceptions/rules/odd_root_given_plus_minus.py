"""x^3 = a^3 -> x = a or x = -a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated
from tutor.misconceptions.terms import either, equation, isolated, root_of
from tutor.syntax.tree import Node, Number, Power, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Both signs for the root of an odd power."""
    if not equation(line):
        return
    for body, other, _ in isolated(line):
        match body:
            case Power(base, Number(value=n)) if n % 2 == 1 and n > 1:
                root = root_of(other, int(n))
                yield either(base, [root, negated(root)])


RULE = Misconception("odd_root_given_plus_minus", wrong_forms=wrong_forms, keeps_value=True, size=9, final=True)
