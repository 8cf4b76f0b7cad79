"""a^(m/n) -> a^(n/m)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("fractional_exponent_upside_down", patterns=("a^(m/n) -> a^(n/m)",), size=6)
