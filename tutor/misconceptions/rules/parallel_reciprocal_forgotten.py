"""1/(1/a + 1/b) -> 1/a + 1/b"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="parallel_reciprocal_forgotten",
    patterns=(
        "1/(1/a + 1/b) -> 1/a + 1/b",
        "1/(1/a - 1/b) -> 1/a - 1/b",
        "1/(1/a + 1/b + 1/c) -> 1/a + 1/b + 1/c",
        "1/r = a -> r = a",
    ),
    as_written=True,
    size=11,
)
