"""det(matrix([a, b], [c, d])) -> a*d + b*c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import square_inside
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Matrix, Negative, Product, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """a*d - b*c -> a*d + b*c; of three rows all six products added, or the middle one of an expansion"""
    inner = square_inside(expr)
    match inner:
        case Matrix(((a, b), (c, d))):
            yield Sum((Product((a, d)), Product((b, c))))
        case Matrix(((a, b, c), (d, e, f), (g, h, i))):
            first, second, third = (difference(*four) for four in ((e, f, h, i), (d, f, g, i), (d, e, g, h)))
            yield Sum((Product((a, first)), Product((b, second)), Product((c, third))))


def difference(a: Expr, b: Expr, c: Expr, d: Expr) -> Expr:
    """a*d - b*c"""
    return Sum((Product((a, d)), Negative(Product((b, c)))))


RULE = Misconception(id="determinant_plus_between_products", wrong_forms=anywhere(local), size=7)
