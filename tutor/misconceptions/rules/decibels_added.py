"""10*log10(10^a + 10^b) -> 10*a + 10*b"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="decibels_added",
    patterns=("10*log(10^a + 10^b) -> 10*a + 10*b", "10*log(10^a + 10^b + 10^c) -> 10*a + 10*b + 10*c"),
    bare=True,
)
