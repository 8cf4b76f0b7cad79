"""c = a/sin(A) -> c = a*sin(A)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "hypotenuse_multiplied_by_ratio",
    patterns=(
        "c/sin(a) -> c*sin(a)",
        "c/cos(a) -> c*cos(a)",
        "c/tan(a) -> c*tan(a)",
    ),
    size=9,
)
