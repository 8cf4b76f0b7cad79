"""Changes by a percentage: 1 + 15%, 1 - 0.2 and 1.15 as the change that they make."""

from __future__ import annotations

from fractions import Fraction

from tutor.misconceptions.numerals import literal, value_of
from tutor.syntax.tree import Expr, Number, Sum


def change_of(factor: Expr) -> Fraction | None:
    """The change that a factor makes, +0.15 of 1.15; None where it is no factor of growth."""
    match factor:
        case Sum((one, _)) if literal(one) == 1:
            value = value_of(factor)
        case Number(_, found, places) if places:
            value = found
        case _:
            return None
    return value - 1 if value is not None and 0 < value < 2 and value != 1 else None
