"""F*d/c -> F*c/d"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="lever_arms_swapped",
    patterns=(
        "F*d/c -> F*c/d",
        "F*d = G*c -> F*c = G*d",
        "F*d = G*c -> F/d = G/c",
    ),
    of={"F": "N", "G": "N", "d": "m", "c": "m"},
)
