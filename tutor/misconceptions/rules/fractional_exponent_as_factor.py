"""a^(1/n) -> a/n"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("fractional_exponent_as_factor", patterns=("a^(m/n) -> a*m/n",), size=5)
