"""sqrt(a) + sqrt(b) -> sqrt(a + b)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "roots_added_under_one_root",
    patterns=(
        "sqrt(a) + sqrt(b) -> sqrt(a + b)",
        "sqrt(a) - sqrt(b) -> sqrt(a - b)",
        "a*sqrt(b) + c*sqrt(d) -> (a + c)*sqrt(b + d)",
        "sqrt(b) + c*sqrt(d) -> (1 + c)*sqrt(b + d)",
        "sqrt(a) + sqrt(b) + sqrt(c) -> sqrt(a + b + c)",
    ),
    size=6,
)
