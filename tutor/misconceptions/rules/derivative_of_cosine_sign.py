"""diff(cos(x), x) -> sin(x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative, times
from tutor.misconceptions.differentiating import with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Call, Expr, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """cos(u) -> sin(u)*u'"""
    match expr:
        case Call("cos", (u,), None, 0) if name in symbols(u):
            yield times(Call("sin", (u,)), derivative(u, name))


RULE = Misconception(id="derivative_of_cosine_sign", wrong_forms=with_slip(slip), size=7)
