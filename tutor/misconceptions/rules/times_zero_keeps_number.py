"""n*0 -> n"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="times_zero_keeps_number",
    patterns=("a*0 -> a",),
    size=7,
)
