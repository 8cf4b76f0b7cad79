"""log(a*x^n) -> n*log(a*x)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "log_exponent_taken_over_product",
    patterns=(
        "log(a*b^n) -> n*log(a*b)",
        "log(b^n/a) -> n*log(b/a)",
        "log(a) + n*log(b) -> n*log(a*b)",
    ),
    size=8,
)
