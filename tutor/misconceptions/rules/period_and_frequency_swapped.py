"""1/f -> f"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="period_and_frequency_swapped",
    patterns=("1/f -> f",),
    of={"f": "Hz|s"},
    size=4,
)
