"""W/g -> W"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="weight_used_as_mass",
    patterns=("W/g -> W",),
    of={"W": "N", "g": "gravity"},
    size=8,
)
