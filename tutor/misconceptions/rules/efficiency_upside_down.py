"""a/b -> b/a"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="efficiency_upside_down",
    patterns=("a/b -> b/a",),
    of={"a": "J|W", "b": "J|W"},
    size=7,
)
