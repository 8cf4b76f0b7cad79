"""sin(x) + cos(x) -> 1"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "sine_plus_cosine_is_one",
    patterns=(
        "sin(a) + cos(a) -> 1",
        "sqrt(1 - sin(a)^2) -> 1 - sin(a)",
        "sqrt(1 - cos(a)^2) -> 1 - cos(a)",
        "cos(a) -> 1 - sin(a)",
        "sin(a) -> 1 - cos(a)",
        "1 - sin(a) -> cos(a)",
        "1 - cos(a) -> sin(a)",
        "1 - sin(a)^2 -> cos(a)",
        "1 - cos(a)^2 -> sin(a)",
    ),
    size=9,
)
