"""cross(u, v) middle -> u_1*v_3 - u_3*v_1"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import entries, vector_products, with_entries
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.misconceptions.patterns import product_of
from tutor.syntax.tree import Expr, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """u x v with the middle component of the other sign"""
    for one, other, _ in vector_products(expr):
        u, v = entries(one) or (), entries(other) or ()
        if len(u) == len(v) == 3:
            first, middle, last = (minor(u, v, i, j) for i, j in ((1, 2), (0, 2), (0, 1)))
            yield with_entries(one, (first, middle, last))


def minor(u: tuple[Expr, ...], v: tuple[Expr, ...], i: int, j: int) -> Expr:
    """u_i*v_j - u_j*v_i"""
    return Sum((product_of((u[i], v[j])), Negative(product_of((u[j], v[i])))))


RULE = Misconception(id="cross_product_middle_sign", wrong_forms=anywhere(local), size=8)
