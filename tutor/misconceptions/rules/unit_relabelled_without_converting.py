"""n km/h -> n m/s"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import Conversion, converts, unconverted, within_a_formula
from tutor.syntax.tree import Node, Quantity, Statement


def relabelled(found: Conversion) -> bool:
    """The number stayed."""
    return found.did(1)


def any_unit(_quantity: Quantity) -> bool:
    """Whatever is not in base units."""
    return True


EACH = unconverted(any_unit)


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A quantity in a formula, as its number of base units."""
    if within_a_formula(line):
        yield from EACH(line)


RULE = Misconception(
    id="unit_relabelled_without_converting",
    wrong_forms=wrong_forms,
    fits=converts(relabelled),
    size=4,
)
