"""c/(n nm) -> c/(n m)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places
from tutor.misconceptions.quantities import is_kind, unconverted
from tutor.syntax.tree import Chain, Node, Quantity, Quotient, Statement


def is_length(quantity: Quantity) -> bool:
    """500 nm"""
    return is_kind(quantity, "m")


RELABELLED = unconverted(is_length)


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The length of a wave in a quotient with its speed, as a number of metres."""
    sides = line.operands[1:] if isinstance(line, Chain) else (line,)
    for side in sides:
        for place in places(side):
            if isinstance(place, Quotient) and is_kind(place, "Hz|J"):
                yield from RELABELLED(line)
                return


RULE = Misconception(
    id="wavelength_prefix_dropped",
    wrong_forms=wrong_forms,
    size=8,
)
