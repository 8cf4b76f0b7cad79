"""(a/b)/(c/d) -> (b/a)*(d/c)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "invert_both_fractions",
    patterns=(
        "(a/b)/(c/d) -> (b/a)*(d/c)",
        "a/(c/d) -> (1/a)*(d/c)",
        "(a/b)/c -> (b/a)*(1/c)",
    ),
    size=10,
)
