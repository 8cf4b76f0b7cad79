"""integrate(sin(x), x) -> cos(x) + C"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative, minus, over
from tutor.misconceptions.integrating import with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Call, Expr, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """sin(u) -> cos(u)/u', the sign of cos or sin turned"""
    match expr:
        case Call("sin" | "cos" as called, (u,), None, 0) if name in symbols(u):
            other = Call("cos" if called == "sin" else "sin", (u,))
            found = over(other, derivative(u, name))
            yield found if called == "sin" else minus(found)


RULE = Misconception(id="integral_of_sine_sign", wrong_forms=with_slip(slip), size=7)
