"""s = v*t with v in m/s and t in min -> v*t as numbers"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import is_kind, unconverted, within_a_formula
from tutor.syntax.tree import Node, Quantity, Statement


def is_time(quantity: Quantity) -> bool:
    """2 min"""
    return is_kind(quantity, "s")


TIMES = unconverted(is_time)


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A number of minutes or hours put into a formula as if it were of seconds."""
    if within_a_formula(line):
        yield from TIMES(line)


RULE = Misconception(
    id="time_unit_left_in_formula",
    wrong_forms=wrong_forms,
    size=9,
)
