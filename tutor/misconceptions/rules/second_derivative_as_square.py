"""diff(f(x), x, 2) -> diff(f(x), x)^2"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, whole
from tutor.syntax.tree import Derivative, Expr, Power


def local(expr: Expr) -> Iterator[Expr]:
    """f'' -> (f')^2"""
    if isinstance(expr, Derivative) and expr.variable is not None and expr.order > 1:
        yield Power(derivative(expr.operand, expr.variable.name), whole(expr.order))


RULE = Misconception(id="second_derivative_as_square", wrong_forms=anywhere(local), size=7)
