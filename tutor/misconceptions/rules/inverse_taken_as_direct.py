"""a*t = b*x -> x = t*b/a"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="inverse_taken_as_direct",
    patterns=(
        "a*b = c*x -> x = b*c/a",
        "a*b = c*x -> x = a*c/b",
    ),
    size=7,
)
