"""I^2 -> I"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="current_not_squared_in_power",
    patterns=("I^2 -> I",),
    of={"I": "A|V"},
    size=4,
)
