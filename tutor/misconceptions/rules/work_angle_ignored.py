"""F*s*cos(a) -> F*s"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="work_angle_ignored",
    patterns=("F*s*cos(a) -> F*s",),
    of={"F": "N", "s": "m"},
)
