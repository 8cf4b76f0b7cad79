"""m*k = -1 -> k = -m"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="perpendicular_slope_only_sign",
    patterns=("m*k = -1 -> k = -m",),
    size=8,
    words=r"perpendicular|slope|gradient|right angle|normal",
)
