"""m*u/(m + k) -> u*sqrt(m/(m + k))"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="kinetic_energy_kept_in_sticking_collision",
    patterns=(
        "m*u/(m + k) -> u*sqrt(m/(m + k))",
        "m*u = (m + k)*v -> m*u^2 = (m + k)*v^2",
        "m*u = c*v -> m*u^2 = c*v^2",
    ),
    of={"m": "kg", "k": "kg", "u": "m/s", "c": "kg"},
)
