"""a + b/c -> (a + b)/c"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "mixed_number_top_added",
    patterns=(
        "a + b/c -> (a + b)/c",
        "a - b/c -> (a - b)/c",
    ),
    size=14,
)
