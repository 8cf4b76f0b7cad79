"""borrow across 0: 0 -> 9, digit left of it n -> n"""

from __future__ import annotations

from tutor.misconceptions.columns import differences
from tutor.misconceptions.misconception import Misconception


def column(p: int, q: int, lent: bool) -> tuple[int, int] | None:
    """A 0 that lends is 9, and borrows from nobody."""
    return (9 - q, 0) if p == 0 and lent else None


RULE = Misconception(id="borrow_stops_at_zero", wrong_forms=differences(column), size=9)
