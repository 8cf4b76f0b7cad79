"""sqrt(a + b) -> sqrt(a) + sqrt(b)"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, sum_of, with_part
from tutor.misconceptions.terms import root_of, value
from tutor.syntax.tree import Negative, Node, Root, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The root of each term under a root; also of a difference."""
    for place in places(line):
        if isinstance(place, Root) and isinstance(place.radicand, Sum):
            k = value(place.index) if place.index is not None else Fraction(2)
            if k is None or k.denominator != 1:
                continue
            parts = place.radicand.terms
            new = [
                negated(root_of(t.operand, int(k))) if isinstance(t, Negative) else root_of(t, int(k)) for t in parts
            ]
            yield with_part(line, place, sum_of(new))


RULE = Misconception("root_of_sum_termwise", wrong_forms=wrong_forms, size=7)
