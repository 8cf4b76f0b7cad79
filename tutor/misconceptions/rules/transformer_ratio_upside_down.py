"""V*b/a -> V*a/b"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="transformer_ratio_upside_down",
    patterns=(
        "V*b/a -> V*a/b",
        "V/W = a/b -> V/W = b/a",
        "a*V/W -> a*W/V",
    ),
    of={"V": "V", "W": "V", "a": "", "b": ""},
)
