"""a/a -> 0"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "equal_parts_cancel_to_zero",
    patterns=(
        "a/a -> 0",
        "(a*b)/a -> 0",
        "a/(a*b) -> 0",
        "(a*b)/a -> 0*b",
    ),
    size=6,
)
