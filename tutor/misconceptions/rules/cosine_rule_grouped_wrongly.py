"""a^2 + b^2 - 2*a*b*cos(C) -> (a^2 + b^2 - 2*a*b)*cos(C)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "cosine_rule_grouped_wrongly",
    patterns=(
        "a^2 + b^2 - 2*a*b*cos(c) -> (a^2 + b^2 - 2*a*b)*cos(c)",
        "p + q - r*cos(c) -> (p + q - r)*cos(c)",
    ),
    size=12,
)
