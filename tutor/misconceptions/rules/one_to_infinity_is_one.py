"""limit of the form 1^infinity -> 1"""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from tutor.misconceptions.approaching import of_limits, tends_to
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import whole
from tutor.syntax.tree import Expr, Limit, Power


def local(limit: Limit) -> Iterator[Expr]:
    """f^g with f tending to 1 and g beyond all bounds"""
    if isinstance(limit.operand, Power):
        base = tends_to(limit.operand.base, limit)
        ends = [tends_to(limit.operand.exponent, limit, side) for side in "+-"]
        if base is not None and abs(base - 1) < 1e-2 and any(end is not None and isinf(end) for end in ends):
            yield whole(1)


RULE = Misconception(id="one_to_infinity_is_one", wrong_forms=of_limits(local), size=7)
