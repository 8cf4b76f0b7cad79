"""norm(u + v) -> norm(u) + norm(v)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import size
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Absolute, Expr, Matrix, Negative, Sum, Symbol, Tuple, kinds

VECTORS = frozenset({Tuple, Matrix})


def local(expr: Expr) -> Iterator[Expr]:
    """|u + v| -> |u| + |v|, |u - v| -> |u| + |v| and |u| - |v|"""
    if isinstance(expr, Absolute) and isinstance(expr.operand, Sum):
        terms = expr.operand.terms
        if all(kinds(t) & VECTORS or is_named(size(t)) for t in terms):
            yield Sum(tuple(Absolute(size(t)) for t in terms))
            yield Sum(tuple(Negative(Absolute(size(t))) if isinstance(t, Negative) else Absolute(t) for t in terms))


def is_named(expr: Expr) -> bool:
    """A letter with an arrow."""
    return isinstance(expr, Symbol) and expr.name.endswith("_vec")


RULE = Misconception(id="vector_lengths_added", wrong_forms=anywhere(local), size=9)
