"""sqrt(a^2 + b^2) -> a + b"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="standard_deviations_added",
    patterns=(
        "sqrt(a^2 + b^2) -> a + b",
        "sqrt(a^2 + b^2 + c^2) -> a + b + c",
        "sqrt(n*a^2) -> n*a",
        "sqrt(n)*a -> n*a",
    ),
    size=6,
    words="varianc|deviation|independent|error|uncertaint",
)
