"""column 0 - q -> q"""

from __future__ import annotations

from tutor.misconceptions.columns import differences
from tutor.misconceptions.misconception import Misconception


def column(p: int, q: int, lent: bool) -> tuple[int, int] | None:
    """0 - q -> q"""
    return (q, 0) if p == 0 and not lent and q else None


RULE = Misconception(id="zero_minus_digit_is_digit", wrong_forms=differences(column), size=9)
