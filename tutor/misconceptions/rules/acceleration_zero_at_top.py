"""a = -g -> a = 0, where v = 0"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ZERO
from tutor.misconceptions.quantities import is_kind
from tutor.syntax.tree import Chain, Node, Statement, Symbol


def wrong_forms(line: Statement) -> Iterator[Node]:
    """No acceleration where there is one."""
    match line:
        case Chain((Symbol() as name, side), ("=",)) if is_kind(side, "m/s^2"):
            yield Chain((name, ZERO), ("=",))


RULE = Misconception(
    id="acceleration_zero_at_top",
    wrong_forms=wrong_forms,
    size=5,
)
