"""-a + b -> a + b"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="distance_taken_as_displacement",
    patterns=("-a + b -> a + b",),
    of={"a": "m", "b": "m"},
    size=5,
)
