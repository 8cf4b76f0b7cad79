"""entry (i, j) of A*B -> a_ij*b_ij"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import Rows, matrix_products, with_factors
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal
from tutor.misconceptions.patterns import product_of
from tutor.syntax.tree import Expr, Matrix, Power


def local(expr: Expr) -> Iterator[Expr]:
    """A*B and A^2 -> entry by entry"""
    for k, one, other in matrix_products(expr):
        if len(one.rows) == len(other.rows) and len(one.rows[0]) == len(other.rows[0]):
            yield with_factors(expr, k, Matrix(by_entry(one.rows, other.rows)))
    match expr:
        case Power(Matrix(rows, False), exponent) if literal(exponent) == 2:
            yield Matrix(by_entry(rows, rows))


def by_entry(one: Rows, other: Rows) -> Rows:
    """a_ij*b_ij"""
    return tuple(
        tuple(product_of(pair) for pair in zip(mine, theirs, strict=True))
        for mine, theirs in zip(one, other, strict=True)
    )


RULE = Misconception(id="matrix_product_entrywise", wrong_forms=anywhere(local), size=8)
