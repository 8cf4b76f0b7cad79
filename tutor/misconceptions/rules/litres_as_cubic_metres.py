"""n L -> n m^3"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import unconverted
from tutor.syntax.tree import Quantity

LITRES = frozenset("L l liter liters litre litres dm".split())


def in_litres(quantity: Quantity) -> bool:
    """5 L, 5 dm^3"""
    return any((word, x) in quantity.unit.factors for word in LITRES for x in ((3,) if word == "dm" else (1,)))


RULE = Misconception(
    id="litres_as_cubic_metres",
    wrong_forms=unconverted(in_litres),
    size=8,
)
