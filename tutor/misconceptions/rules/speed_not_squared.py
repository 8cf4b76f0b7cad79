"""v^2 -> v"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="speed_not_squared",
    patterns=("v^2 -> v",),
    of={"v": "m/s"},
    size=4,
)
