"""d^2 -> d"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="time_not_squared",
    patterns=("d^2 -> d",),
    of={"d": "s"},
    size=4,
)
