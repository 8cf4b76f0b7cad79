"""2*d/(d/v + d/w) -> (v + w)/2"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="average_of_speeds",
    patterns=(
        "2*d/(d/v + d/w) -> (v + w)/2",
        "(a + b)/(a/v + b/w) -> (v + w)/2",
        "2*v*w/(v + w) -> (v + w)/2",
    ),
    of={"v": "m/s", "w": "m/s"},
)
