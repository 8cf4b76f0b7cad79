"""a/b*c -> a/(b*c)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="multiply_before_divide",
    patterns=("a/b*c -> a/(b*c)",),
    size=6,
)
