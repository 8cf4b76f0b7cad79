"""p*(1 + r)^n -> p*(1 + n*r)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "compound_growth_as_linear",
    patterns=(
        "(1 + r)^n -> 1 + n*r",
        "(1 - r)^n -> 1 - n*r",
    ),
    size=9,
)
