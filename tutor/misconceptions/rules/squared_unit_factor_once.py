"""n cm^2 -> n/100 m^2"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import Conversion, converts, lengths


def once(found: Conversion) -> bool:
    """The factor of the length for an area."""
    found_lengths = lengths(found)
    return (
        found_lengths is not None and found_lengths[1] == 2 and found.did_one_of(found_lengths[0], 1 / found_lengths[0])
    )


RULE = Misconception(
    id="squared_unit_factor_once",
    fits=converts(once),
    size=7,
)
