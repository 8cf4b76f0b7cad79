"""log(a)/log(b) -> log(a) - log(b)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "quotient_of_logs_as_difference",
    patterns=(
        "log(a)/log(b) -> log(a) - log(b)",
        "log(a)/log(b) -> log(a/b)",
    ),
    size=7,
)
