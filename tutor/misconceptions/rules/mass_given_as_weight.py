"""m*g -> m"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="mass_given_as_weight",
    patterns=("m*g -> m",),
    of={"m": "kg", "g": "m/s^2"},
    size=5,
)
