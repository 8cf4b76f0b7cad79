"""log(a + b) -> log(a) + log(b), and back"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "log_of_sum_split",
    patterns=(
        "log(a + b) -> log(a) + log(b)",
        "log(a - b) -> log(a) - log(b)",
        "log(a + b) -> log(a)*log(b)",
        "log(a + b + c) -> log(a) + log(b) + log(c)",
        "log(a) + log(b) -> log(a + b)",
        "log(a) - log(b) -> log(a - b)",
    ),
    size=7,
)
