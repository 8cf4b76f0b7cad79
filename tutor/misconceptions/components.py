"""Vectors and matrices by their entries: (3, 4), ⟨3, 4⟩ and columns alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.misconceptions.patterns import product_of, sum_of
from tutor.syntax.tree import Absolute, Call, Expr, Matrix, Negative, Product, Tuple

Rows = tuple[tuple[Expr, ...], ...]


def entries(expr: Expr) -> tuple[Expr, ...] | None:
    """The components of a vector, None of anything else."""
    match expr:
        case Tuple(items):
            return items
        case Matrix(rows, False) if len(rows) > 1 and all(len(row) == 1 for row in rows):
            return tuple(row[0] for row in rows)
        case Matrix((row,), False) if len(row) > 1:
            return row
    return None


def length_of(expr: Expr) -> tuple[Expr, ...] | None:
    """The components of a vector between bars."""
    match expr:
        case Absolute(inner):
            return entries(inner)
        case Matrix(rows, True) if len(rows) > 1 and all(len(row) == 1 for row in rows):
            return tuple(row[0] for row in rows)
    return None


def with_entries(like: Expr, items: Sequence[Expr]) -> Expr:
    """A vector written like another one."""
    match like:
        case Matrix(rows) if len(rows) > 1:
            return Matrix(tuple((item,) for item in items))
        case Matrix():
            return Matrix((tuple(items),))
        case Tuple(_, angle):
            return Tuple(tuple(items), angle)
    return Tuple(tuple(items))


def vector_products(expr: Expr) -> Iterator[tuple[Expr, Expr, str]]:
    """Two vectors multiplied, and the sign between them."""
    match expr:
        case Product((one, other), signs) if entries(one) and entries(other):
            yield one, other, signs[0] if signs else ""


def matrix_products(expr: Expr) -> Iterator[tuple[int, Matrix, Matrix]]:
    """Neighbouring factors that are matrices, and which they are."""
    if isinstance(expr, Product):
        for k, (one, other) in enumerate(zip(expr.factors, expr.factors[1:], strict=False)):
            if isinstance(one, Matrix) and isinstance(other, Matrix):
                yield k, one, other


def with_factors(product: Expr, k: int, new: Expr) -> Expr:
    """With one factor in place of those at k and k + 1."""
    assert isinstance(product, Product)
    return product_of((*product.factors[:k], new, *product.factors[k + 2 :]))


def multiplied(one: Rows, other: Rows) -> Rows | None:
    """Rows times columns."""
    if len(one[0]) != len(other):
        return None
    return tuple(
        tuple(
            sum_of([product_of((a, row[j])) for a, row in zip(line, other, strict=True)]) for j in range(len(other[0]))
        )
        for line in one
    )


def added(*matrices: Rows) -> Rows:
    """Entry by entry."""
    return tuple(tuple(sum_of(found) for found in zip(*rows, strict=True)) for rows in zip(*matrices, strict=True))


def square_inside(expr: Expr) -> Expr | None:
    """What stands inside a determinant: det A, |A|, a matrix between bars."""
    match expr:
        case Call("det", (inner,), None, 0) | Absolute(inner):
            return inner
        case Matrix(rows, True):
            return Matrix(rows)
    return None


def size(expr: Expr) -> Expr:
    """Without its minus."""
    return expr.operand if isinstance(expr, Negative) else expr
