"""F/A -> F*A"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="pressure_as_force_times_area",
    patterns=(
        "F/A -> F*A",
        "p*A -> p/A",
        "p*A -> A/p",
        "F/p -> F*p",
    ),
    of={"F": "N", "A": "m^2", "p": "Pa"},
    as_written=True,
)
