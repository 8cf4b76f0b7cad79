"""pi*r^2 -> 2*pi*r"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="circumference_and_area_swapped",
    patterns=(
        "pi*r^2 -> 2*pi*r",
        "2*pi*r -> pi*r^2",
        "pi*d -> pi*(d/2)^2",
        "pi*(d/2)^2 -> pi*d",
    ),
    size=8,
)
