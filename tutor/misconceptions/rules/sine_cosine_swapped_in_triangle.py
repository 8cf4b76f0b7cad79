"""b = c*cos(A) -> b = c*sin(A)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "sine_cosine_swapped_in_triangle",
    patterns=(
        "c*cos(a) -> c*sin(a)",
        "c*sin(a) -> c*cos(a)",
        "c/cos(a) -> c/sin(a)",
        "c/sin(a) -> c/cos(a)",
    ),
    size=10,
)
