"""dot(vec(a, b), vec(c, d)) -> vec(a*c, b*d)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.components import entries, vector_products, with_entries
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.misconceptions.patterns import product_of
from tutor.syntax.tree import Expr


def local(expr: Expr) -> Iterator[Expr]:
    """(a, b)·(c, d) -> (a*c, b*d)"""
    for one, other, _ in vector_products(expr):
        mine, theirs = entries(one) or (), entries(other) or ()
        if len(mine) == len(theirs):
            yield with_entries(one, [product_of(pair) for pair in zip(mine, theirs, strict=True)])


RULE = Misconception(id="dot_product_left_as_vector", wrong_forms=anywhere(local), size=7)
