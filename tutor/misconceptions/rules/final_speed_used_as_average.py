"""1/2*(u + v)*d -> v*d"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="final_speed_used_as_average",
    patterns=(
        "1/2*(u + v)*d -> v*d",
        "(u + v)/2*d -> v*d",
        "(u + v)*d/2 -> v*d",
    ),
    of={"u": "m/s", "v": "m/s", "d": "s"},
)
