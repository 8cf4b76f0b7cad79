"""(a + b)*(c + d) -> a*c + b*d"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "mixed_numbers_multiplied_by_parts",
    patterns=("(n_1 + n_2)*(n_3 + n_4) -> n_1*n_3 + n_2*n_4",),
    size=14,
)
