"""(a + b)/a -> b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ONE, negated, places, sum_of, with_part
from tutor.misconceptions.terms import over, terms
from tutor.syntax.tree import Node, Quotient, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """An equal term struck out above and below, with 0 or 1 left of it."""
    for place in places(line):
        if not isinstance(place, Quotient) or not (isinstance(place.top, Sum) or isinstance(place.bottom, Sum)):
            continue
        above, below = terms(place.top), terms(place.bottom)
        for i, one in enumerate(above):
            for j, other in enumerate(below):
                if other in (one, negated(one)):
                    top = sum_of([*above[:i], *above[i + 1 :]]) if len(above) > 1 else ONE
                    bottom = sum_of([*below[:j], *below[j + 1 :]]) if len(below) > 1 else ONE
                    yield with_part(line, place, over(top, bottom))
                    yield with_part(line, place, over(sum_of((*above[:i], ONE, *above[i + 1 :])), bottom))


RULE = Misconception("cancel_term_in_sum", wrong_forms=wrong_forms, size=7)
