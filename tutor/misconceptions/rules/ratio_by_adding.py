"""a/b = c/x -> x = b + (c - a)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="ratio_by_adding",
    patterns=(
        "a/b = c/x -> x = b + (c - a)",
        "a/b = x/c -> x = a + (c - b)",
    ),
    size=9,
)
