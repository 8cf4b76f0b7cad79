"""inv(A*B) -> inv(A)*inv(B)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal
from tutor.syntax.tree import Expr, Matrix, Power, Product, kinds


def local(expr: Expr) -> Iterator[Expr]:
    """(A*B)^-1 -> A^-1*B^-1"""
    match expr:
        case Power(Product(factors), exponent) if literal(exponent) == -1 and any(Matrix in kinds(f) for f in factors):
            yield Product(tuple(Power(f, exponent) for f in factors))


RULE = Misconception(id="matrix_inverse_of_product_order", wrong_forms=anywhere(local), size=8)
