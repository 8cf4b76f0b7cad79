"""n*(1 + p/100)*(1 - p/100) -> n"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.changes import change_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, numeral
from tutor.syntax.tree import Expr, Product


def local(expr: Expr) -> Iterator[Expr]:
    """n*(1 + p)*(1 + q) -> n*(1 + p + q): percentages of different amounts added"""
    if not isinstance(expr, Product):
        return
    changes = {k: c for k, f in enumerate(expr.factors) if (c := change_of(f)) is not None}
    others = tuple(f for k, f in enumerate(expr.factors) if k not in changes)
    if len(changes) > 1:
        yield Product((*others, numeral(1 + sum(changes.values()))))


RULE = Misconception(id="percent_up_and_down_cancel", wrong_forms=anywhere(local), size=14)
