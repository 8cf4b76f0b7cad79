"""9.8 m/s^2 -> 9.8 m/s"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places
from tutor.misconceptions.quantities import dimension, is_kind, last_side, worth
from tutor.syntax.tree import Quantity, Statement


def fits(before: Statement, line: Statement) -> bool:
    """The acceleration of free fall as a speed or a length, where that makes the unit wrong."""
    one, other = last_side(before), last_side(line)
    if one is None or other is None or dimension(one) in (None, dimension(other)):
        return False
    falls = {worth(p.value) for p in places(one) if isinstance(p, Quantity) and is_kind(p, "gravity")}
    return any(worth(p.value) in falls for p in places(other) if isinstance(p, Quantity) and is_kind(p, "m/s|m"))


RULE = Misconception(
    id="gravity_given_as_speed",
    fits=fits,
    keeps_value=True,
    size=5,
)
