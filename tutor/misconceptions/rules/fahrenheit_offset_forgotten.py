"""n degF -> n*5/9 degC"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import last_side, worth
from tutor.syntax.tree import Quantity, Statement
from tutor.verify.shapes import without_units

SCALES = {("degF", "degC"): 5 / 9, ("degC", "degF"): 9 / 5}
NAMES = {"°F": "degF", "°C": "degC", "℃": "degC", "℉": "degF"}


def fits(before: Statement, line: Statement) -> bool:
    """Only multiplied by the ratio of the degrees, or 32 put in at the wrong end."""
    one, other = last_side(before), last_side(line)
    if not isinstance(one, Quantity) or other is None:
        return False
    other = getattr(other, "operand", other)
    if not isinstance(other, Quantity) or len(one.unit.factors) != 1 or len(other.unit.factors) != 1:
        return False
    scale = SCALES.get((name_of(one), name_of(other)))
    n, m = worth(without_units(one)), worth(without_units(other))
    return scale is not None and n is not None and m is not None and abs(m - n * scale) <= max(0.06, 2e-3 * abs(m))


def name_of(quantity: Quantity) -> str:
    """The unit's usual name."""
    word = quantity.unit.factors[0][0]
    return NAMES.get(word, word)


RULE = Misconception(
    id="fahrenheit_offset_forgotten",
    fits=fits,
    size=8,
)
