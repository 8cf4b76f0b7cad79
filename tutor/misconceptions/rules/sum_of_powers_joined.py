"""a^m + a^n -> a^(m + n)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "sum_of_powers_joined",
    patterns=(
        "a^m + a^n -> a^(m + n)",
        "a^m - a^n -> a^(m - n)",
        "x + x^n -> x^(n + 1)",
        "a*x^m + b*x^n -> (a + b)*x^(m + n)",
        "x^m + b*x^n -> (1 + b)*x^(m + n)",
        "a*x^m - b*x^n -> (a - b)*x^(m - n)",
        "a*x + b*x^n -> (a + b)*x^(n + 1)",
        "x + b*x^n -> (1 + b)*x^(n + 1)",
        "a*x + x^n -> (a + 1)*x^(n + 1)",
    ),
    size=7,
)
