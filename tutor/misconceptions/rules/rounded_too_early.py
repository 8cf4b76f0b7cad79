"""(a/b)*c -> round(a/b)*c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.figures import rounded_to
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, with_part
from tutor.misconceptions.quantities import worth
from tutor.syntax.tree import Node, Quotient, Root, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A quotient or a root inside a calculation, rounded to one or two figures before it is used."""
    for place in places(line):
        if place is line or not isinstance(place, Quotient | Root):
            continue
        value = worth(place)
        if value is None:
            continue
        for figures in (1, 2):
            new = rounded_to(value, figures)
            if abs(float(new.value) - value) > 1e-9 * abs(value):
                yield with_part(line, place, new)


RULE = Misconception(
    id="rounded_too_early",
    wrong_forms=wrong_forms,
    bare=True,
    size=6,
)
