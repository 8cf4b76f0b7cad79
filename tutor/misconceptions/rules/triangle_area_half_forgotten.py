"""1/2*b*h -> b*h"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="triangle_area_half_forgotten",
    patterns=(
        "1/2*b*h -> b*h",
        "b*h/2 -> b*h",
        "0.5*b*h -> b*h",
        "b*h*(1/2) -> b*h",
    ),
    size=7,
    words="triang|base|height|area",
)
