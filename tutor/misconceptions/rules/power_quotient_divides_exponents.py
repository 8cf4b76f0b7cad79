"""a^m/a^n -> a^(m/n)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "power_quotient_divides_exponents",
    patterns=(
        "a^m/a^n -> a^(m/n)",
        "(a*b^m)/b^n -> a*b^(m/n)",
        "(a*b^m)/(c*b^n) -> a*b^(m/n)/c",
    ),
    size=7,
)
