"""v*a/2 -> v*a"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="echo_path_not_halved",
    patterns=(
        "v*a/2 -> v*a",
        "1/2*v*a -> v*a",
        "2*d = v*a -> d = v*a",
    ),
    of={"v": "m/s", "a": "s", "d": "m"},
    words=r"echo|sonar|pulse|reflect|radar|sounder|ultrasound|there and back",
)
