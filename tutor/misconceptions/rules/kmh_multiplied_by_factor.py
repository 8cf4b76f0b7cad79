"""n km/h -> n*3.6 m/s"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import Conversion, converts


def upside_down(found: Conversion) -> bool:
    """3.6 the wrong way round."""
    speeds = {"km", "h", "kmh", "kph"} & found.words and "m" in found.words
    return bool(speeds) and found.did(1 / found.right) and found.did_one_of(3.6, 1 / 3.6)


RULE = Misconception(
    id="kmh_multiplied_by_factor",
    fits=converts(upside_down),
    size=7,
)
