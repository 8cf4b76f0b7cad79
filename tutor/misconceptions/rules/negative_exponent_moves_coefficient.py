"""a*x^(-n) -> 1/(a*x^n)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("negative_exponent_moves_coefficient", patterns=("a*b^(-n) -> 1/(a*b^n)",), size=7)
