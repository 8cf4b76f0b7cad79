"""v/f -> f/v"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="wave_formula_upside_down",
    patterns=(
        "v/f -> f/v",
        "v/f -> v*f",
        "v/d -> d/v",
        "v/d -> v*d",
        "f*d -> f/d",
        "f*d -> d/f",
    ),
    of={"v": "m/s", "f": "Hz", "d": "m"},
    as_written=True,
)
