"""a/b - c/d -> (a - c)/(b - d)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "subtract_tops_and_bottoms",
    patterns=(
        "a/b - c/d -> (a - c)/(b - d)",
        "a/b - c/d -> (a - c)/(d - b)",
        "a/b - c/d -> (c - a)/(d - b)",
    ),
    size=9,
)
