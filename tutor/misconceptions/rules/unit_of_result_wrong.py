"""a N*b m -> a*b N"""

from __future__ import annotations

from tutor.bridge.units import measure, units_in
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import dimension, last_side
from tutor.syntax.tree import Negative, Quantity, Statement


def fits(before: Statement, line: Statement) -> bool:
    """A result with the unit of one of the factors."""
    one, other = last_side(before), last_side(line)
    shown = other.operand if isinstance(other, Negative) else other
    if one is None or not isinstance(shown, Quantity) or not dimension(one) or dimension(one) == dimension(shown):
        return False
    units = list(units_in(one))
    return len(units) > 1 and any(measure(u).dimension == dimension(shown) for u in units)


RULE = Misconception(
    id="unit_of_result_wrong",
    fits=fits,
    keeps_value=True,
    only_if_right=True,
    size=5,
)
