"""a/b -> a + b, a/b -> a - b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal
from tutor.syntax.tree import Expr, Negative, Quotient, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """-4/(-6) -> -4 + (-6), -4 - (-6)"""
    sign = False
    if isinstance(expr, Negative):
        expr, sign = expr.operand, True
    if isinstance(expr, Quotient) and literal(expr.top) is not None and literal(expr.bottom) is not None:
        top = Negative(expr.top) if sign else expr.top
        yield Sum((top, expr.bottom))
        yield Sum((top, Negative(expr.bottom)))


RULE = Misconception(id="fraction_bar_read_as_sum", wrong_forms=anywhere(local), size=3)
