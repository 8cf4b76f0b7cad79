"""(a/b)/(c/d) -> (a/b)*(c/d)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "invert_not_applied",
    patterns=(
        "(a/b)/(c/d) -> (a/b)*(c/d)",
        "a/(c/d) -> a*(c/d)",
        "(a/b)/c -> (a/b)*c",
    ),
    size=10,
)
