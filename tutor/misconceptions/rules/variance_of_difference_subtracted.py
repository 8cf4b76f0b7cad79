"""Var(X - Y) -> Var(X) - Var(Y)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """a + b -> a - b, b - a for variances or squares of deviations"""
    match expr:
        case Sum((one, other)) if not isinstance(one, Negative) and not isinstance(other, Negative):
            yield Sum((one, Negative(other)))
            yield Sum((other, Negative(one)))


RULE = Misconception(
    id="variance_of_difference_subtracted",
    wrong_forms=anywhere(local),
    size=7,
    only_named=True,
    words=r"varianc|deviation|independent|error|uncertaint",
)
