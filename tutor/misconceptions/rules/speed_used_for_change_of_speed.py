"""(v - u)/d -> v/d"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="speed_used_for_change_of_speed",
    patterns=("(v - u)/d -> v/d",),
    of={"u": "m/s", "v": "m/s", "d": "s"},
)
