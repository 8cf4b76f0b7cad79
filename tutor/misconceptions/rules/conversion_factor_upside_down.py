"""n km -> n/1000 m"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import Conversion, converts


def divided(found: Conversion) -> bool:
    """Divided where it should be multiplied, or the other way round."""
    return found.did(1 / found.right)


RULE = Misconception(
    id="conversion_factor_upside_down",
    fits=converts(divided),
    size=5,
)
