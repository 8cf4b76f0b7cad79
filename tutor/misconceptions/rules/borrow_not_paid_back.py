"""borrow: p -> p + 10, next digit n -> n"""

from __future__ import annotations

from tutor.misconceptions.columns import differences
from tutor.misconceptions.misconception import Misconception


def column(p: int, q: int, lent: bool) -> tuple[int, int] | None:
    """p < q -> p + 10 - q, and the next digit stays"""
    left = p - lent
    return (left + 10 - q, 0) if left < q else None


RULE = Misconception(id="borrow_not_paid_back", wrong_forms=differences(column), size=7)
