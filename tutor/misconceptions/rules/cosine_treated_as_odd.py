"""cos(-x) -> -cos(x)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "cosine_treated_as_odd",
    patterns=(
        "cos(-a) -> -cos(a)",
        "sec(-a) -> -sec(a)",
        "cos(b - a) -> -cos(a - b)",
    ),
    size=13,
)
