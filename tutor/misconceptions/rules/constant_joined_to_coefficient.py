"""a + b*x -> (a + b)*x"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.misconceptions.terms import split, times, value
from tutor.syntax.tree import Node, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A plain number added to, or taken from, the coefficient of a term, or the term's letter lost to their sum."""
    for place in places(line):
        if not isinstance(place, Sum):
            continue
        parts = place.terms
        for i, j in combinations(range(len(parts)), 2):
            for one, other in ((i, j), (j, i)):
                known, (found, body) = value(parts[one]), split(parts[other])
                if known is not None and symbols(body) and not isinstance(body, Sum):
                    rest = [t for k, t in enumerate(parts) if k not in (i, j)]
                    yield with_part(line, place, sum_of([times(known + found, body), *rest]))


RULE = Misconception("constant_joined_to_coefficient", wrong_forms=wrong_forms, size=11)
