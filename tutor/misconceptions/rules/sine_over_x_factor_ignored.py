"""limit(sin(k*x)/x, x, 0) -> 1"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.approaching import of_limits, tends_to
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import whole
from tutor.syntax.tree import Call, Expr, Limit, Quotient, walk

ODD = frozenset({"sin", "tan", "arcsin", "arctan"})


def local(limit: Limit) -> Iterator[Expr]:
    """A quotient with a sine, tangent or angle in it, both parts tending to 0"""
    match limit.operand:
        case Quotient(top, bottom) if any(isinstance(n, Call) and n.name in ODD for n in (*walk(top), *walk(bottom))):
            if tends_to(top, limit) == 0 and tends_to(bottom, limit) == 0:
                yield whole(1)


RULE = Misconception(id="sine_over_x_factor_ignored", wrong_forms=of_limits(local), size=8)
