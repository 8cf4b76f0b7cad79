"""V*b/(a + b) -> V/2"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="voltage_split_equally",
    patterns=(
        "V*b/(a + b) -> V/2",
        "V/(a + b)*b -> V/2",
    ),
    of={"V": "V", "a": "ohm", "b": "ohm"},
)
