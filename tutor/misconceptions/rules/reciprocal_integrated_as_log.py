"""integrate(1/f, x) -> ln(f) + C"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative, times
from tutor.misconceptions.integrating import with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Call, Expr, Quotient, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """c/f -> c*ln(f) for f that is not linear"""
    match expr:
        case Quotient(top, bottom) if name in symbols(derivative(bottom, name)):
            yield times(top, Call("ln", (bottom,)))
            yield Call("ln", (bottom,))


RULE = Misconception(id="reciprocal_integrated_as_log", wrong_forms=with_slip(slip), size=6)
