"""F - f -> F"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="opposite_forces_added",
    patterns=("F - f -> F",),
    of={"F": "N", "f": "N"},
    size=6,
)
