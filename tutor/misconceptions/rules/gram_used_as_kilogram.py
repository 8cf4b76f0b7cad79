"""n g -> n kg, in a formula"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import is_kind, unconverted, within_a_formula
from tutor.syntax.tree import Node, Quantity, Statement


def is_mass(quantity: Quantity) -> bool:
    """250 g"""
    return is_kind(quantity, "kg")


MASSES = unconverted(is_mass)


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A number of grams put into a formula as if it were of kilograms."""
    if within_a_formula(line):
        yield from MASSES(line)


RULE = Misconception(
    id="gram_used_as_kilogram",
    wrong_forms=wrong_forms,
    size=9,
)
