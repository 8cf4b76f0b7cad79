"""sqrt(x^n) -> x^sqrt(n)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("root_of_exponent_rooted", patterns=("sqrt(a^n) -> a^sqrt(n)",), size=6)
