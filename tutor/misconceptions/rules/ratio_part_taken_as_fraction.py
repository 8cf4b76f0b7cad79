"""p : q share of n -> n*p/q"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="ratio_part_taken_as_fraction",
    patterns=(
        "n*p/(p + q) -> n*p/q",
        "n*(p/(p + q)) -> n*(p/q)",
        "p/(p + q) -> p/q",
        "n*p/(q + p) -> n*p/q",
    ),
    size=7,
    words=r"ratio|share|parts|split|\d ?: ?\d",
)
