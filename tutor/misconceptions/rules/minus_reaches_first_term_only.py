"""a - (b + c) -> a - b + c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, product_of, sum_of, with_part
from tutor.misconceptions.terms import number, split, times
from tutor.syntax.tree import Negative, Node, Product, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A minus before a bracket changes the first sign alone, or leaves the last as it was."""
    for place in places(line):
        if isinstance(place, Negative) and isinstance(place.operand, Sum):
            first, *others = place.operand.terms
            yield with_part(line, place, sum_of((negated(first), *others)))
            if len(others) > 1:
                yield with_part(line, place, sum_of((negated(first), *map(negated, others[:-1]), others[-1])))
        found, body = split(place) if isinstance(place, Negative | Product) else (None, None)
        if found is not None and found < 0 and found != -1 and isinstance(body, Sum):
            first, *others = body.terms
            kept = [product_of((number(-found), t)) for t in others]
            yield with_part(line, place, sum_of((times(found, first), *kept)))


RULE = Misconception("minus_reaches_first_term_only", wrong_forms=wrong_forms, size=8)
