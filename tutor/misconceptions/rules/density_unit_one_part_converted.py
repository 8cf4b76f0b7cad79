"""n g/cm^3 -> n/1000 kg/m^3"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import Conversion, converts


def half_done(found: Conversion) -> bool:
    """The mass, or the volume, alone; or the factor the wrong way round."""
    masses, volumes = {"g", "kg", "mg"} & found.words, [w for w, x in (*found.before, *found.after) if abs(x) == 3]
    litres = {"L", "l", "mL", "ml"} & found.words
    if not masses or not (volumes or litres):
        return False
    return found.did_one_of(*(10.0**k for k in (-3, -6, 6, 3, -2, 2, -4, 4)))


RULE = Misconception(
    id="density_unit_one_part_converted",
    fits=converts(half_done),
    size=8,
)
