"""a*x + b*y -> (a + b)*x*y"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ONE, places, product_of, sum_of, with_part
from tutor.misconceptions.terms import split, times
from tutor.syntax.tree import Node, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Two terms with different letters, or all of a sum, joined: coefficients added, letters multiplied."""
    for place in places(line):
        if not isinstance(place, Sum):
            continue
        parts = place.terms
        bodies = [split(t) for t in parts]
        for size in range(2, len(parts) + 1):
            for some in combinations(range(len(parts)), size):
                letters = list(dict.fromkeys(bodies[k][1] for k in some if bodies[k][1] != ONE))
                if len(letters) > 1 and all(symbols(bodies[k][1]) for k in some):
                    joined = times(sum((bodies[k][0] for k in some), Fraction(0)), product_of(letters))
                    yield with_part(line, place, sum_of([*(t for k, t in enumerate(parts) if k not in some), joined]))


RULE = Misconception("unlike_terms_joined", wrong_forms=wrong_forms, size=7)
