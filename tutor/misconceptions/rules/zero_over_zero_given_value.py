"""limit of the form 0/0 -> 0, 1, undefined"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.approaching import of_limits, tends_to
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import whole
from tutor.syntax.tree import Constant, Expr, Limit, Quotient, Words


def local(limit: Limit) -> Iterator[Expr]:
    """f/g with both tending to 0"""
    if isinstance(limit.operand, Quotient):
        top, bottom = (tends_to(part, limit) for part in (limit.operand.top, limit.operand.bottom))
        if top == 0 and bottom == 0:
            yield from (whole(0), whole(1))
            if tends_to(limit.operand, limit) is not None:
                yield from (Words("undefined"), Constant("infinity"))


RULE = Misconception(id="zero_over_zero_given_value", wrong_forms=of_limits(local), size=6)
