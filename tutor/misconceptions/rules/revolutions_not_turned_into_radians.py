"""2*pi*f -> f"""

from __future__ import annotations

from tutor.bridge.units import turns_in
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import conversion
from tutor.syntax.tree import Statement, Unit


def fits(before: Statement, line: Statement) -> bool:
    """A number of turns restated as one of radians."""
    found = conversion(before, line)
    if found is None or "rad" not in {word for word, _ in found.after}:
        return False
    return turns_in(Unit("", found.before)) != 0 and abs(found.done / found.right - 1) < 5e-3


RULE = Misconception(
    id="revolutions_not_turned_into_radians",
    patterns=("2*pi*f -> f",),
    of={"f": "Hz"},
    fits=fits,
    keeps_value=True,
    size=9,
)
