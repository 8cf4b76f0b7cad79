"""asin(x) -> 1/sin(x)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "inverse_trig_as_reciprocal",
    patterns=(
        "asin(x) -> 1/sin(x)",
        "acos(x) -> 1/cos(x)",
        "atan(x) -> 1/tan(x)",
        "asin(a) -> 1/sin(a)",
        "acos(a) -> 1/cos(a)",
        "atan(a) -> 1/tan(a)",
    ),
    size=7,
)
