"""k*(L - l) -> k*L"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="stretched_length_as_extension",
    patterns=(
        "k*(L - l) -> k*L",
        "F/(L - l) -> F/L",
        "1/2*k*(L - l)^2 -> 1/2*k*L^2",
    ),
    of={"k": "N/m", "F": "N", "L": "m", "l": "m"},
)
