"""n/0 -> 0, n/0 -> n"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, value_of, whole
from tutor.syntax.tree import Expr, Quotient


def local(expr: Expr) -> Iterator[Expr]:
    """n/0 -> 0, n or 1, where the bottom comes to 0"""
    if isinstance(expr, Quotient) and value_of(expr.bottom) == 0:
        yield whole(0)
        yield expr.top
        yield whole(1)


RULE = Misconception(id="divide_by_zero_gives_number", wrong_forms=anywhere(local), size=9)
