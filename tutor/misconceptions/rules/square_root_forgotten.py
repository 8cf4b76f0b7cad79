"""sqrt(a) -> a"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="square_root_forgotten",
    patterns=("sqrt(a) -> a",),
    size=3,
)
