"""(a*b + c)/a -> b + c"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.misconceptions.terms import over, split, times, value
from tutor.syntax.tree import Node, Quotient, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """One term of the top divided by a factor of the bottom, the others left as they are."""
    for place in places(line):
        if not isinstance(place, Quotient) or not isinstance(place.top, Sum):
            continue
        parts = place.top.terms
        known = value(place.bottom)
        found, body = split(place.bottom)
        shared = {known} if known else {found}
        if known and known.denominator == 1:
            for part in parts:
                c = split(part)[0]
                if c.denominator == 1:
                    shared.add(Fraction(gcd(abs(c.numerator), abs(known.numerator))))
        for k, part in enumerate(parts):
            for by in sorted(s for s in shared if s not in (0, 1)):
                new = sum_of((*parts[:k], times(split(part)[0] / by, split(part)[1]), *parts[k + 1 :]))
                yield with_part(line, place, over(new, times(found / by, body)))
            if symbols(place.bottom):
                yield with_part(line, place, sum_of((*parts[:k], Quotient(part, place.bottom), *parts[k + 1 :])))


RULE = Misconception("cancel_one_term_only", wrong_forms=wrong_forms, size=11)
