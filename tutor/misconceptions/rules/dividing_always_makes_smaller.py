"""a/0.5 -> a*0.5"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal
from tutor.syntax.tree import Expr, Product, Quotient


def local(expr: Expr) -> Iterator[Expr]:
    """a/n -> a*n for n between 0 and 1"""
    if isinstance(expr, Quotient):
        below = literal(expr.bottom)
        if below is not None and 0 < below < 1:
            yield Product((expr.top, expr.bottom))


RULE = Misconception(id="dividing_always_makes_smaller", wrong_forms=anywhere(local), size=6)
