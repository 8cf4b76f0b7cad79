"""p + q -> p"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="gauge_used_as_absolute_pressure",
    patterns=("p + q -> p",),
    of={"p": "Pa", "q": "Pa"},
    size=5,
)
