"""m*L + a -> a"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="latent_heat_left_out",
    patterns=("m*L + a -> a",),
    of={"m": "kg", "L": "J/kg", "a": "J"},
    size=9,
)
