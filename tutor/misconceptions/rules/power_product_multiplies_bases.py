"""a^m*a^n -> (a*a)^(m + n)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "power_product_multiplies_bases",
    patterns=(
        "a^m*a^n -> (a*a)^(m + n)",
        "n^m*n -> (n*n)^(m + 1)",
    ),
    size=8,
)
