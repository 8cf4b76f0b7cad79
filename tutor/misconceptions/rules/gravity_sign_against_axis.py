"""u*d - 1/2*g*d^2 -> u*d + 1/2*g*d^2"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="gravity_sign_against_axis",
    patterns=(
        "u*d - 1/2*g*d^2 -> u*d + 1/2*g*d^2",
        "u*d - g*d^2/2 -> u*d + g*d^2/2",
        "u - g*d -> u + g*d",
        "u^2 - 2*g*s -> u^2 + 2*g*s",
    ),
    of={"u": "m/s", "g": "gravity", "d": "s", "s": "m"},
    size=13,
)
