"""(R/(R + h))^2 -> (R/h)^2"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="height_used_as_distance_from_centre",
    patterns=(
        "(R/(R + h))^2 -> (R/h)^2",
        "b/(R + h)^2 -> b/h^2",
        "b/(R + h) -> b/h",
        "(R + h)^3 -> h^3",
    ),
    of={"R": "m", "h": "m"},
    words=r"above|altitude|height|orbit|satellite|surface",
)
