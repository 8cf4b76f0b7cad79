"""x^2 = -a^2 -> x = -a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated
from tutor.misconceptions.terms import either, equation, isolated, number, root_of, value
from tutor.syntax.tree import Node, Number, Power, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The root of the size of a negative number, with one sign or both."""
    if not equation(line):
        return
    for body, other, _ in isolated(line):
        known = value(other)
        match body:
            case Power(base, Number(value=n)) if n % 2 == 0 and known is not None and known < 0:
                root = root_of(number(-known), int(n))
                yield either(base, [root, negated(root)])
                yield either(base, [root])
                yield either(base, [negated(root)])


RULE = Misconception("square_equals_negative_solved", wrong_forms=wrong_forms, keeps_value=True, size=9, final=True)
