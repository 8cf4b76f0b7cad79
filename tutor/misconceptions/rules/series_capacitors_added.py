"""1/(1/a + 1/b) -> a + b"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="series_capacitors_added",
    patterns=(
        "1/(1/a + 1/b) -> a + b",
        "a*b/(a + b) -> a + b",
        "1/c = 1/a + 1/b -> c = a + b",
        "a + b -> 1/(1/a + 1/b)",
    ),
    of={"a": "F", "b": "F"},
)
