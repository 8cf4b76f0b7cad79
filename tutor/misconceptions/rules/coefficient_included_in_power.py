"""a*x^2 -> (a*x)^2"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("coefficient_included_in_power", patterns=("a*b^c -> (a*b)^c",), size=6)
