"""x^2 + a^2 = c^2 -> x^2 = c^2 + a^2"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="pythagoras_leg_as_hypotenuse",
    patterns=(
        "x^2 + a = c -> x^2 = c + a",
        "x^2 + a = c -> x = sqrt(c + a)",
        "sqrt(c^2 - a^2) -> sqrt(c^2 + a^2)",
        "x^2 = c^2 - a^2 -> x^2 = c^2 + a^2",
        "x^2 = c^2 - a^2 -> x = sqrt(c^2 + a^2)",
    ),
    size=9,
    words=r"hypotenuse|\bleg|triang|pythag|right angle|\bside|ladder|diagonal",
)
