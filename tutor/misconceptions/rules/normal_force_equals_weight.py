"""m*g*cos(a) -> m*g"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="normal_force_equals_weight",
    patterns=(
        "m*g*cos(a) -> m*g",
        "m*(g + b) -> m*g",
        "m*(g - b) -> m*g",
    ),
    of={"m": "kg", "g": "gravity", "b": "m/s^2"},
    size=11,
)
