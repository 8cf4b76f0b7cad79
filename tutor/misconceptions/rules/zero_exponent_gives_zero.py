"""a^0 -> 0"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("zero_exponent_gives_zero", patterns=("a^0 -> 0",), size=4)
