"""(a*b)^n -> a*b^n"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "power_of_product_partial",
    patterns=(
        "(a*b)^n -> a*b^n",
        "(a/b)^n -> a^n/b",
        "(a/b)^n -> a/b^n",
        "(-a)^n -> -a^n",
    ),
    size=6,
)
