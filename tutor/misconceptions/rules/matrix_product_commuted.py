"""A*B -> B*A"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import matrix_products, multiplied, with_factors
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Matrix


def local(expr: Expr) -> Iterator[Expr]:
    """A*B -> B*A"""
    for k, one, other in matrix_products(expr):
        turned = multiplied(other.rows, one.rows)
        if turned is not None:
            yield with_factors(expr, k, Matrix(turned))


RULE = Misconception(id="matrix_product_commuted", wrong_forms=anywhere(local), size=7)
