"""each column with digits p over q -> max(p, q) - min(p, q)"""

from __future__ import annotations

from tutor.misconceptions.columns import differences
from tutor.misconceptions.misconception import Misconception


def column(p: int, q: int, lent: bool) -> tuple[int, int] | None:
    """0 <= p < q -> q - p, nothing borrowed"""
    left = p - lent
    return (q - left, 0) if 0 <= left < q else None


RULE = Misconception(id="smaller_digit_from_larger", wrong_forms=differences(column), size=8)
