"""P*d -> P/d"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="kilowatt_hour_as_rate",
    patterns=("P*d -> P/d",),
    of={"P": "W", "d": "s"},
    size=6,
)
