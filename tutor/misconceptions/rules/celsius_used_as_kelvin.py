"""n degC -> n K"""

from __future__ import annotations

from tutor.bridge.units import is_affine
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import unconverted
from tutor.syntax.tree import Quantity


def in_celsius(quantity: Quantity) -> bool:
    """27 °C"""
    return is_affine(quantity.unit)


RULE = Misconception(
    id="celsius_used_as_kelvin",
    wrong_forms=unconverted(in_celsius),
    size=8,
)
