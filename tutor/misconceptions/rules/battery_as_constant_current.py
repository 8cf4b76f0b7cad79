"""V/a + V/b -> V/a"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="battery_as_constant_current",
    patterns=(
        "V/a + V/b -> V/a",
        "V/a -> V/(2*a)",
    ),
    of={"V": "V", "a": "ohm", "b": "ohm"},
    words=r"parallel|second (lamp|bulb|resistor)|another|one more|added",
)
