"""limit of the form infinity/infinity -> 1"""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from tutor.misconceptions.approaching import of_limits, tends_to
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import whole
from tutor.syntax.tree import Expr, Limit, Quotient


def local(limit: Limit) -> Iterator[Expr]:
    """f/g with both beyond all bounds"""
    if isinstance(limit.operand, Quotient):
        ends = [tends_to(part, limit) for part in (limit.operand.top, limit.operand.bottom)]
        if all(end is not None and isinf(end) for end in ends):
            yield whole(1 if ends[0] == ends[1] else -1)
            yield whole(1)


RULE = Misconception(id="infinity_over_infinity_is_one", wrong_forms=of_limits(local), size=7)
