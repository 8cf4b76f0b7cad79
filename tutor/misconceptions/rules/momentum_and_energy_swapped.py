"""m*v -> 1/2*m*v^2"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="momentum_and_energy_swapped",
    patterns=(
        "m*v -> 1/2*m*v^2",
        "1/2*m*v^2 -> m*v",
        "m*v^2/2 -> m*v",
    ),
    of={"m": "kg", "v": "m/s"},
)
