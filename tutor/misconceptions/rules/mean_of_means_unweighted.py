"""(m*a + n*b)/(m + n) -> (a + b)/2"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, numeral, value_of
from tutor.syntax.tree import Expr, Product, Quotient, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """(m*a + n*b + ...)/(m + n + ...) -> (a + b + ...)/k, the sum below worked out or not"""
    if not isinstance(expr, Quotient) or not isinstance(expr.top, Sum):
        return
    products = [t.factors for t in expr.top.terms if isinstance(t, Product) and len(t.factors) == 2]
    if len(products) < len(expr.top.terms):
        return
    for weight in (0, 1):
        total = Sum(tuple(p[weight] for p in products))
        if total == expr.bottom or (value_of(total) is not None and value_of(total) == value_of(expr.bottom)):
            yield Quotient(Sum(tuple(p[1 - weight] for p in products)), numeral(len(products)))


RULE = Misconception(id="mean_of_means_unweighted", wrong_forms=anywhere(local), size=9)
