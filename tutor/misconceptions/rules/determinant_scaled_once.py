"""det(k*A) -> k*det(A)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import square_inside
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.misconceptions.patterns import product_of
from tutor.syntax.tree import Call, Expr, Matrix, Product


def local(expr: Expr) -> Iterator[Expr]:
    """det(k*A) -> k*det(A)"""
    match square_inside(expr):
        case Product(factors) if any(isinstance(f, Matrix) for f in factors):
            matrices = tuple(f for f in factors if isinstance(f, Matrix))
            numbers = tuple(f for f in factors if not isinstance(f, Matrix))
            if numbers:
                yield product_of((*numbers, Call("det", (product_of(matrices),))))


RULE = Misconception(id="determinant_scaled_once", wrong_forms=anywhere(local), size=8)
