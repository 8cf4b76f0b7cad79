"""sqrt(a) -> a"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="square_root_forgotten",
    patterns=("sqrt(a) -> a", "c^2 = a -> c = a"),
    as_written=True,
    size=3,
)
