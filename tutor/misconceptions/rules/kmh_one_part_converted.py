"""n km/h -> n*1000 m/s"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import Conversion, converts


def half_done(found: Conversion) -> bool:
    """Kilometres or hours alone, or a minute for an hour."""
    if not ({"km", "m"} <= found.words and {"h", "s"} <= found.words):
        return False
    return found.did_one_of(1000, 1 / 1000, 1 / 3600, 3600, 1000 / 60, 60 / 1000, 1 / 60, 60)


RULE = Misconception(
    id="kmh_one_part_converted",
    fits=converts(half_done),
    size=8,
)
