"""a/b -> (a + n)/(b + n)"""

from __future__ import annotations

from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import differing, value
from tutor.syntax.tree import Expr, Quotient, Statement


def fits(before: Statement, line: Statement) -> bool:
    """Whether a fraction of numbers became one whose top and bottom are larger, or smaller, by the same."""
    changed = differing(before, line)
    one, other = (pair(e) for e in changed) if changed is not None else (None, None)
    if one is None or other is None:
        return False
    (a, b), (c, d) = one, other
    return a != b and c != a and c - a == d - b


def pair(expr: Expr) -> tuple[Fraction, Fraction] | None:
    """Top and bottom of a fraction of whole numbers."""
    if not isinstance(expr, Quotient):
        return None
    top, bottom = value(expr.top), value(expr.bottom)
    whole = top is not None and bottom is not None and top.denominator == bottom.denominator == 1 and top > 0
    return (top, bottom) if whole and top is not None and bottom is not None else None


RULE = Misconception("equivalent_by_adding", fits=fits, size=5)
