"""(a^m)^n -> a^(m + n)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "power_of_power_adds",
    patterns=(
        "(a^m)^n -> a^(m + n)",
        "(a^m*b)^n -> a^(m + n)*b^n",
        "(a^m*b^p)^n -> a^(m + n)*b^(p + n)",
        "(a^m*b)^n -> a^(m + n)*b",
    ),
    size=7,
)
