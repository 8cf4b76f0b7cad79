"""norm(vec(a, b)) -> a + b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import length_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.misconceptions.patterns import sum_of
from tutor.syntax.tree import Absolute, Expr, Root


def local(expr: Expr) -> Iterator[Expr]:
    """|(a, b)| -> a + b, also with each size: |a| + |b|"""
    if items := length_of(expr):
        yield sum_of(items)
        yield sum_of([Absolute(item) for item in items])
        yield Root(sum_of(items))


RULE = Misconception(id="vector_length_components_added", wrong_forms=anywhere(local), size=7)
