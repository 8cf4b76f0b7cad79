"""vec(a, b)/norm(vec(a, b)) -> vec(a, b)/(a + b)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import entries
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.misconceptions.patterns import sum_of
from tutor.syntax.tree import Absolute, Expr, Quotient


def local(expr: Expr) -> Iterator[Expr]:
    """v/|v| -> v/(a + b), v/(|a| + |b|)"""
    match expr:
        case Quotient(vector, Absolute(inner)) if vector == inner and (items := entries(inner)):
            yield Quotient(vector, sum_of(items))
            yield Quotient(vector, sum_of([Absolute(item) for item in items]))


RULE = Misconception(id="unit_vector_not_divided_by_length", wrong_forms=anywhere(local), size=9)
