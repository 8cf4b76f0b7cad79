"""n m -> n"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import dimension, last_side
from tutor.syntax.tree import Expr, Negative, Number, Statement


def fits(before: Statement, line: Statement) -> bool:
    """A bare number where a quantity with a unit belongs, and right but for that."""
    one, other = last_side(before), last_side(line)
    shown: Expr | None = other.operand if isinstance(other, Negative) else other
    return isinstance(shown, Number) and shown.value != 0 and bool(one is not None and dimension(one))


RULE = Misconception(
    id="unit_missing",
    fits=fits,
    keeps_value=True,
    only_if_right=True,
    size=4,
)
