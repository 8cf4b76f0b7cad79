"""n um -> n*10^(-3) m"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import Conversion, converts, prefix

OF_OTHERS = (-12, -9, -6, -3, 3, 6, 9, 12)
OF_LENGTH = (*OF_OTHERS, -2, 2)


def another_prefix(found: Conversion) -> bool:
    """Another power of ten than that of the prefix: 10^3 for 10^6."""
    words = [word for word, x in (*found.before, *found.after) if x == 1]
    if not any(prefix(word) for word in words) or len(found.before) > 1 or len(found.after) > 1:
        return False
    if found.did(1) or found.did(1 / found.right) or found.before[0][1] != 1:
        return False
    powers = OF_LENGTH if found.before[0][0].endswith("m") else OF_OTHERS
    return found.did_one_of(*(10.0**k for k in powers))


RULE = Misconception(
    id="prefix_swapped",
    fits=converts(another_prefix),
    size=6,
)
