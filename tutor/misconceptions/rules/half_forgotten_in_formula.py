"""1/2*a -> a"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="half_forgotten_in_formula",
    patterns=(
        "1/2*a -> a",
        "a*b/2 -> a*b",
        "a/(2*b) -> a/b",
        "1/(2*b) -> 1/b",
    ),
    size=3,
)
