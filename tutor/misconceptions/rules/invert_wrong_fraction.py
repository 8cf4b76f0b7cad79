"""(a/b)/(c/d) -> (b/a)*(c/d)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "invert_wrong_fraction",
    patterns=(
        "(a/b)/(c/d) -> (b/a)*(c/d)",
        "a/(c/d) -> (1/a)*(c/d)",
        "(a/b)/c -> (b/a)*c",
    ),
    size=9,
)
