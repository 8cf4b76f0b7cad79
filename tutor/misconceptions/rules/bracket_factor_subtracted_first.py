"""a - b*(x + c) -> (a - b)*(x + c)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, product_of, sum_of, with_part
from tutor.misconceptions.terms import number, split, value
from tutor.syntax.tree import Node, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A number joined to the factor of a bracket."""
    for place in places(line):
        if not isinstance(place, Sum):
            continue
        parts = place.terms
        for i, j in ((i, j) for i in range(len(parts)) for j in range(len(parts)) if i != j):
            known, (found, body) = value(parts[i]), split(parts[j])
            if known is not None and isinstance(body, Sum):
                rest = [t for k, t in enumerate(parts) if k not in (i, j)]
                yield with_part(line, place, sum_of([product_of((number(known + found), body)), *rest]))


RULE = Misconception("bracket_factor_subtracted_first", wrong_forms=wrong_forms, size=9)
