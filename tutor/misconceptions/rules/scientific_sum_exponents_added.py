"""a*10^m + b*10^n -> (a + b)*10^(m + n)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "scientific_sum_exponents_added",
    patterns=(
        "a*10^m + b*10^n -> (a + b)*10^(m + n)",
        "a*10^m - b*10^n -> (a - b)*10^(m + n)",
        "a*10^m - b*10^n -> (a - b)*10^(m - n)",
    ),
    size=12,
)
