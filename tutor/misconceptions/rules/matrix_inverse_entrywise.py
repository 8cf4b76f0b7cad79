"""inv(matrix([a, b], [c, d])) -> matrix([1/a, 1/b], [1/c, 1/d])"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import ONE
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal, value_of
from tutor.syntax.tree import Expr, Matrix, Power, Quotient


def local(expr: Expr) -> Iterator[Expr]:
    """A^-1 -> each entry inverted, a 0 left as it is"""
    match expr:
        case Power(Matrix(rows, False), exponent) if literal(exponent) == -1:
            yield Matrix(tuple(tuple(e if value_of(e) == 0 else Quotient(ONE, e) for e in row) for row in rows))


RULE = Misconception(id="matrix_inverse_entrywise", wrong_forms=anywhere(local), size=8)
