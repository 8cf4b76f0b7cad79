"""a*x + x -> a*x"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.misconceptions.terms import split
from tutor.syntax.tree import Node, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A bare letter, with plus or minus, counted as nothing beside its like."""
    for place in places(line):
        if not isinstance(place, Sum):
            continue
        parts = place.terms
        for i, j in ((i, j) for i in range(len(parts)) for j in range(len(parts)) if i != j):
            (one, body), (other, same) = split(parts[i]), split(parts[j])
            if body == same and symbols(body) and abs(one) != 1 and abs(other) == 1:
                yield with_part(line, place, sum_of([t for k, t in enumerate(parts) if k != j]))


RULE = Misconception("invisible_one_ignored", wrong_forms=wrong_forms, size=8)
