"""n eV -> n J"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import unconverted
from tutor.syntax.tree import Quantity


def in_electronvolts(quantity: Quantity) -> bool:
    """5 eV, 2.3 keV"""
    return any(word.endswith("eV") for word, _ in quantity.unit.factors)


RULE = Misconception(
    id="electronvolt_used_as_joule",
    wrong_forms=unconverted(in_electronvolts),
    size=8,
)
