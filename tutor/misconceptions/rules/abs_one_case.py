"""abs(x - a) = b -> x - a = b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated
from tutor.misconceptions.terms import equation, isolated, value
from tutor.syntax.tree import Absolute, Chain, Node, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """What is inside equals the other side, or minus it, and nothing else."""
    if not equation(line):
        return
    for body, other, _ in isolated(line):
        known = value(other)
        if isinstance(body, Absolute) and (known is None or known > 0):
            yield Chain((body.operand, other), ("=",))
            yield Chain((body.operand, negated(other)), ("=",))


RULE = Misconception("abs_one_case", wrong_forms=wrong_forms, size=9)
