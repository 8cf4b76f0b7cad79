"""a m + b s -> a sum of both"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places
from tutor.misconceptions.quantities import dimension
from tutor.syntax.tree import Negative, Number, Statement, Sum


def fits(_before: Statement, line: Statement) -> bool:
    """A sum of quantities of different kinds stands in the line."""
    for place in places(line):
        if isinstance(place, Sum):
            inner = [t.operand if isinstance(t, Negative) else t for t in place.terms]
            known = {dimension(t) for t in inner if not isinstance(t, Number)} - {None}
            if len(known) > 1:
                return True
    return False


RULE = Misconception(
    id="different_dimensions_added",
    fits=fits,
    keeps_value=True,
    size=30,
)
