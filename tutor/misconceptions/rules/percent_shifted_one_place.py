"""p% -> p/10"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="percent_shifted_one_place",
    patterns=(
        "p% -> p/10",
        "a/100 -> a/10",
        "p% -> p/1000",
    ),
    size=5,
)
