"""a m + b cm -> (a + b) m"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, with_part
from tutor.misconceptions.quantities import dimension
from tutor.syntax.tree import Negative, Node, Quantity, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The numbers added, with the unit of one of them."""
    for place in places(line):
        if not isinstance(place, Sum):
            continue
        inner = [t.operand if isinstance(t, Negative) else t for t in place.terms]
        found = [t for t in inner if isinstance(t, Quantity)]
        if len(found) != len(inner) or len({dimension(t) for t in found}) != 1:
            continue
        units = dict.fromkeys(t.unit for t in found)
        if len(units) > 1:
            values = [
                Negative(q.value) if isinstance(t, Negative) else q.value
                for t, q in zip(place.terms, found, strict=True)
            ]
            for unit in units:
                yield with_part(line, place, Quantity(Sum(tuple(values)), unit))


RULE = Misconception(
    id="numbers_added_across_units",
    wrong_forms=wrong_forms,
    size=8,
)
