"""det(A + B) -> det(A) + det(B)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import square_inside
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Call, Expr, Matrix, Negative, Sum, kinds


def local(expr: Expr) -> Iterator[Expr]:
    """det(A + B) -> det(A) + det(B)"""
    match square_inside(expr):
        case Sum(terms) if all(Matrix in kinds(t) for t in terms):
            yield Sum(tuple(Negative(det(t.operand)) if isinstance(t, Negative) else det(t) for t in terms))


def det(expr: Expr) -> Expr:
    """Its determinant."""
    return Call("det", (expr,))


RULE = Misconception(id="determinant_of_sum_split", wrong_forms=anywhere(local), size=8)
