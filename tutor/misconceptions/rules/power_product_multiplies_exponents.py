"""a^m*a^n -> a^(m*n)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "power_product_multiplies_exponents",
    patterns=(
        "a^m*a^n -> a^(m*n)",
        "a*b^m*a*b^n -> a*b^(m*n)",
    ),
    size=7,
)
