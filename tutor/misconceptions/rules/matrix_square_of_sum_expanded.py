"""for matrices (A + B)^2 -> A^2 + 2*A*B + B^2"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import Rows, added, multiplied
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal, numeral
from tutor.syntax.tree import Expr, Matrix, Negative, Power, Product, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """(A + B)^2 -> A^2 + 2*A*B + B^2, (A + B)*(A - B) -> A^2 - B^2"""
    match expr:
        case Power(Sum((one, other)), exponent) if literal(exponent) == 2:
            a, b = rows_of(one), rows_of(other)
            if a is not None and b is not None:
                squares = multiplied(a, a), multiplied(b, b)
                for mixed in (multiplied(a, b), multiplied(b, a)):
                    if mixed is not None and squares[0] is not None and squares[1] is not None:
                        yield Matrix(added(squares[0], mixed, mixed, squares[1]))
        case Product((Sum((one, Matrix() as other)), Sum((same, Negative(Matrix() as minus))))) if (one, other) == (
            same,
            minus,
        ):
            yield Sum((Power(one, numeral(2)), Negative(Power(other, numeral(2)))))


def rows_of(term: Expr) -> Rows | None:
    """The entries of A or of -A."""
    match term:
        case Matrix(rows, False):
            return rows
        case Negative(Matrix(rows, False)):
            return tuple(tuple(Negative(entry) for entry in row) for row in rows)
    return None


RULE = Misconception(id="matrix_square_of_sum_expanded", wrong_forms=anywhere(local), size=9)
