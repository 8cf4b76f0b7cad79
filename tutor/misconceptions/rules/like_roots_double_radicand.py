"""a*sqrt(c) + b*sqrt(c) -> (a + b)*sqrt(2*c)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "like_roots_double_radicand",
    patterns=(
        "a*sqrt(c) + b*sqrt(c) -> (a + b)*sqrt(2*c)",
        "sqrt(c) + b*sqrt(c) -> (1 + b)*sqrt(2*c)",
        "sqrt(c) + sqrt(c) -> 2*sqrt(2*c)",
    ),
    size=10,
)
