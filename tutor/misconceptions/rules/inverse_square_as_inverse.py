"""F/k^2 -> F/k"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="inverse_square_as_inverse",
    patterns=(
        "F/k^2 -> F/k",
        "F*c/k^2 -> F*c/k",
        "p*(a/k)^2 -> p*a/k",
    ),
    of={"k": "|m", "p": "N|m/s^2|W/m^2|N/C"},
    size=6,
)
