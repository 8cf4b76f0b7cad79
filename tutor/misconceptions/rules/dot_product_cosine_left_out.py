"""u*v*cos(t) -> u*v"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.misconceptions.patterns import product_of
from tutor.syntax.tree import Call, Expr, Product


def local(expr: Expr) -> Iterator[Expr]:
    """u*v*cos(t) -> u*v, where u and v are no angles"""
    if isinstance(expr, Product) and len(expr.factors) > 2:
        for k, factor in enumerate(expr.factors):
            if isinstance(factor, Call) and factor.name == "cos":
                yield product_of((*expr.factors[:k], *expr.factors[k + 1 :]))


RULE = Misconception(id="dot_product_cosine_left_out", wrong_forms=anywhere(local), size=6)
