"""a*x + b*x -> (a + b)*x^2"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.misconceptions.terms import number, split, times, value
from tutor.syntax.tree import Node, Power, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Like terms collected with the sum of their powers."""
    for place in places(line):
        if not isinstance(place, Sum):
            continue
        parts = place.terms
        for some in (c for n in range(2, len(parts) + 1) for c in combinations(range(len(parts)), n)):
            bodies = {split(parts[k])[1] for k in some}
            body = next(iter(bodies))
            if len(bodies) == 1 and symbols(body) and not isinstance(body, Sum):
                found = sum((split(parts[k])[0] for k in some), Fraction(0))
                rest = [t for k, t in enumerate(parts) if k not in some]
                base, n = (body.base, value(body.exponent)) if isinstance(body, Power) else (body, Fraction(1))
                if n is not None:
                    yield with_part(line, place, sum_of([times(found, Power(base, number(n * len(some)))), *rest]))


RULE = Misconception("like_terms_exponents_added", wrong_forms=wrong_forms, size=9)
