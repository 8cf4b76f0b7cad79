"""(m*a + k*b)/(m + k) -> (a + b)/2"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="mixing_temperature_plain_mean",
    patterns=("(m*a + k*b)/(m + k) -> (a + b)/2",),
    of={"m": "kg|m^3", "k": "kg|m^3", "a": "K", "b": "K"},
)
