"""1/(1/a + 1/b) -> a + b"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="parallel_resistors_added",
    patterns=(
        "1/(1/a + 1/b) -> a + b",
        "1/(1/a + 1/b + 1/c) -> a + b + c",
        "a*b/(a + b) -> a + b",
        "1/r = 1/a + 1/b -> r = a + b",
        "1/r = 1/a + 1/b + 1/c -> r = a + b + c",
    ),
    of={"a": "ohm", "b": "ohm", "c": "ohm"},
)
