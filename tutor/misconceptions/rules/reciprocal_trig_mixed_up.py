"""sec(x) -> 1/sin(x)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "reciprocal_trig_mixed_up",
    patterns=(
        "sec(a) -> 1/sin(a)",
        "csc(a) -> 1/cos(a)",
        "1/cos(a) -> csc(a)",
        "1/sin(a) -> sec(a)",
        "cot(a) -> sin(a)/cos(a)",
        "sec(a) -> csc(a)",
        "csc(a) -> sec(a)",
    ),
    size=6,
)
