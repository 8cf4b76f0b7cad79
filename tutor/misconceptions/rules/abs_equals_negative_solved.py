"""abs(x) = -a -> x = a or x = -a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated
from tutor.misconceptions.terms import either, equation, isolated, number, value
from tutor.syntax.tree import Absolute, Node, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Values for an absolute value that is negative."""
    if not equation(line):
        return
    for body, other, _ in isolated(line):
        known = value(other)
        if isinstance(body, Absolute) and known is not None and known < 0:
            yield either(body.operand, [other, negated(other)])
            yield either(body.operand, [other])
            yield either(body.operand, [number(-known)])


RULE = Misconception("abs_equals_negative_solved", wrong_forms=wrong_forms, keeps_value=True, size=10, final=True)
