"""column sum s >= 10 -> write both digits of s"""

from __future__ import annotations

from tutor.misconceptions.columns import sums, sums_in_place
from tutor.misconceptions.misconception import Misconception

RULE = Misconception(id="carry_written_in_place", wrong_forms=sums(sums_in_place), size=8)
