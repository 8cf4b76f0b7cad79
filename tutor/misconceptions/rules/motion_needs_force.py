"""F = 0 -> F > 0, at constant velocity"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.quantities import is_kind, last_side, worth
from tutor.syntax.tree import Chain, Quantity, Statement, Symbol
from tutor.verify.physical import in_base_units


def fits(before: Statement, line: Statement) -> bool:
    """A force where there is none in all, or one larger than the friction that it balances."""
    shown = last_side(line)
    if not isinstance(before, Chain) or not isinstance(before.operands[0], Symbol) or shown is None:
        return False
    force = before.operands[-1]
    if not is_kind(force, "N") or not is_kind(shown, "N"):
        return False
    needed, claimed = worth(in_base_units(force)), worth(in_base_units(shown))
    if needed is None or claimed is None:
        return False
    return claimed > needed and (needed == 0 or isinstance(force, Quantity))


RULE = Misconception(
    id="motion_needs_force",
    fits=fits,
    words=r"constant|steady|uniform(ly)? (speed|velocity|motion)|same speed|at rest",
    size=5,
)
