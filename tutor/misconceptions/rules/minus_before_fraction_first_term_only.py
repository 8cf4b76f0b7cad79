"""a/d - (b + c)/d -> (a - b + c)/d"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "minus_before_fraction_first_term_only",
    patterns=(
        "a/d - (b + c)/d -> (a - b + c)/d",
        "a - (b + c)/d -> a + (-b + c)/d",
        "-((b + c)/d) -> (-b + c)/d",
    ),
    size=10,
)
