"""a^(-n) -> -a^n"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "negative_exponent_gives_negative",
    patterns=(
        "a^(-1) -> -a",
        "a^(-n) -> -a^n",
        "a^(-n) -> -1/a^n",
    ),
    size=6,
)
