"""F*sin(a) -> F*cos(a)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="force_components_swapped",
    patterns=(
        "F*sin(a) -> F*cos(a)",
        "F*cos(a) -> F*sin(a)",
        "m*g*sin(a) -> m*g*cos(a)",
        "m*g*cos(a) -> m*g*sin(a)",
    ),
    of={"F": "N|m/s^2", "m": "kg", "g": "m/s^2"},
)
