"""p% of n -> p*n"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="percent_sign_ignored",
    patterns=(
        "p% of n -> p*n",
        "p% -> p",
    ),
    size=6,
)
