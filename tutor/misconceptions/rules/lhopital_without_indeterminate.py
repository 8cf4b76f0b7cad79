"""limit of f/g -> limit of diff(f)/diff(g)"""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from tutor.bridge.derive import derivative
from tutor.misconceptions.approaching import direction, of_limits, tends_to
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.worth import at_point
from tutor.syntax.tree import Expr, Limit, Quotient, symbols


def local(limit: Limit) -> Iterator[Expr]:
    """f/g -> f'/g' where the bottom does not tend to 0 nor beyond all bounds"""
    name = limit.variable.name
    match limit.operand:
        case Quotient(top, bottom) if name in symbols(bottom):
            end, above = tends_to(bottom, limit), tends_to(top, limit)
            if end is None or (end == 0 and above == 0) or (isinf(end) and above is not None and isinf(above)):
                return
            slopes = Quotient(derivative(top, name), derivative(bottom, name))
            yield Limit(slopes, limit.variable, limit.target, limit.side)
            if direction(limit.target) is None:
                yield at_point(slopes, name, limit.target)


RULE = Misconception(id="lhopital_without_indeterminate", wrong_forms=of_limits(local), size=7)
