"""a*x - x -> a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.misconceptions.terms import number, split
from tutor.syntax.tree import Node, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The coefficient alone, where the same letter is taken away."""
    for place in places(line):
        if not isinstance(place, Sum):
            continue
        parts = place.terms
        for i, j in ((i, j) for i in range(len(parts)) for j in range(len(parts)) if i != j):
            (one, body), (other, same) = split(parts[i]), split(parts[j])
            if body == same and symbols(body) and one * other < 0 and abs(other) == 1:
                rest = [t for k, t in enumerate(parts) if k not in (i, j)]
                yield with_part(line, place, sum_of([number(one), *rest]))


RULE = Misconception("letter_taken_away_leaves_number", wrong_forms=wrong_forms, size=7)
