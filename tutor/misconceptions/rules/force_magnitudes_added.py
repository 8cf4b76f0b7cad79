"""sqrt(a^2 + b^2) -> a + b"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="force_magnitudes_added",
    patterns=(
        "sqrt(a^2 + b^2) -> a + b",
        "c^2 = a^2 + b^2 -> c = a + b",
    ),
    of={"a": "N|m/s|kg m/s", "b": "N|m/s|kg m/s"},
)
