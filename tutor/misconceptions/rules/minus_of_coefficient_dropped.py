"""b - a*x - b -> a*x"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.misconceptions.terms import split, times
from tutor.syntax.tree import Node, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A term with a letter loses its minus beside other terms, of which some may cancel."""
    for place in places(line):
        if isinstance(place, Sum):
            for k, part in enumerate(place.terms):
                found, body = split(part)
                if found < 0 and symbols(body):
                    yield with_part(line, place, sum_of((*place.terms[:k], times(-found, body), *place.terms[k + 1 :])))


RULE = Misconception("minus_of_coefficient_dropped", wrong_forms=wrong_forms, size=7)
