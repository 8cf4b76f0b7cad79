"""column sum s >= 10 -> write s - 10, carry 0"""

from __future__ import annotations

from tutor.misconceptions.columns import sums, sums_without_carry
from tutor.misconceptions.misconception import Misconception

RULE = Misconception(id="carry_forgotten", wrong_forms=sums(sums_without_carry), size=7)
