"""abs(a + b) -> abs(a) + abs(b)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Absolute, Constant, Expr, Matrix, Negative, Sum, Tuple, kinds

NO_NUMBERS = frozenset({Tuple, Matrix, Constant})


def local(expr: Expr) -> Iterator[Expr]:
    """|a + b| -> |a| + |b|, and |a - b| -> |a| - |b|"""
    if isinstance(expr, Absolute) and isinstance(expr.operand, Sum) and kinds(expr).isdisjoint(NO_NUMBERS):
        terms = expr.operand.terms
        yield Sum(tuple(Absolute(t.operand if isinstance(t, Negative) else t) for t in terms))
        yield Sum(tuple(Negative(Absolute(t.operand)) if isinstance(t, Negative) else Absolute(t) for t in terms))


RULE = Misconception(id="abs_of_sum_termwise", wrong_forms=anywhere(local), size=7)
