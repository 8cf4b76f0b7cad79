"""n m^3 -> n*100 cm^3"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import Conversion, converts, lengths


def once(found: Conversion) -> bool:
    """The factor of the length, or of the area, for a volume."""
    found_lengths = lengths(found)
    if found_lengths is None or found_lengths[1] != 3:
        return False
    factor = found_lengths[0]
    return found.did_one_of(factor, 1 / factor, factor**2, factor**-2)


RULE = Misconception(
    id="cubed_unit_factor_once",
    fits=converts(once),
    size=7,
)
