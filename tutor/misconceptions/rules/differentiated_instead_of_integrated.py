"""integrate(x^n, x) -> n*x^(n - 1) + C"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative
from tutor.misconceptions.integrating import with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f -> f'"""
    yield derivative(expr, name)


RULE = Misconception(id="differentiated_instead_of_integrated", wrong_forms=with_slip(slip), size=6)
