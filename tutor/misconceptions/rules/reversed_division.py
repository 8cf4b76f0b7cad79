"""a/b -> b/a"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="reversed_division",
    patterns=("a/b -> b/a",),
    size=4,
)
