"""n/(1 - p) -> n*(1 + p)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.changes import change_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, numeral
from tutor.syntax.tree import Expr, Negative, Product, Quotient, Sum

ONE = numeral(1)


def local(expr: Expr) -> Iterator[Expr]:
    """n/(1 - p) -> n*(1 + p), and n/0.8 -> n*1.2"""
    if not isinstance(expr, Quotient):
        return
    change = change_of(expr.bottom)
    if change is not None:
        yield Product((expr.top, numeral(1 - change)))
    match expr.bottom:
        case Sum((one, Negative(p))) if one == ONE:
            yield Product((expr.top, Sum((ONE, p))))
        case Sum((one, p)) if one == ONE:
            yield Product((expr.top, Sum((ONE, Negative(p)))))


RULE = Misconception(id="percent_undone_by_same_percent", wrong_forms=anywhere(local), size=8)
