"""W/d -> W*d"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="power_multiplied_by_time",
    patterns=("W/d -> W*d",),
    of={"W": "J", "d": "s"},
    as_written=True,
)
