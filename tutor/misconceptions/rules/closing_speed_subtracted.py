"""v + w -> v - w"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="closing_speed_subtracted",
    patterns=("v + w -> v - w",),
    of={"v": "m/s", "w": "m/s"},
    words=r"toward|approach|meet|each other|oncoming|head-on",
    size=5,
)
