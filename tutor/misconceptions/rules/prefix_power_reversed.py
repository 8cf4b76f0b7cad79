"""n mm -> n*10^3 m"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import Conversion, converts, prefix


def reversed_power(found: Conversion) -> bool:
    """10^3 for 10^-3, with a prefix that stands for a small part."""
    powers = [prefix(word) for word, _ in found.before]
    small = len(powers) == 1 and powers[0] < 0 and not found.before[0][0].endswith(("L", "l"))
    return small and found.did(1 / found.right)


RULE = Misconception(
    id="prefix_power_reversed",
    fits=converts(reversed_power),
    size=6,
)
