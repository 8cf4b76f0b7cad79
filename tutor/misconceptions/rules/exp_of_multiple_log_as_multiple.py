"""e^(n*ln(x)) -> n*x"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "exp_of_multiple_log_as_multiple",
    patterns=(
        "e^(a*ln(b)) -> a*b",
        "e^(-ln(b)) -> -b",
        "e^(a + ln(b)) -> e^a + b",
    ),
    size=8,
)
