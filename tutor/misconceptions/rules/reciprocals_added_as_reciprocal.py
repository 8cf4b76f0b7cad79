"""1/a + 1/b -> 1/(a + b)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "reciprocals_added_as_reciprocal",
    patterns=(
        "1/a + 1/b -> 1/(a + b)",
        "1/a - 1/b -> 1/(a - b)",
        "1/a + 1/b + 1/c -> 1/(a + b + c)",
    ),
    size=9,
)
