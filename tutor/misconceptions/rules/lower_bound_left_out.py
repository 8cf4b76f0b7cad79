"""F(b) - F(a) -> F(b)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.integrating import bounds_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr


def local(expr: Expr) -> Iterator[Expr]:
    """F(b) - F(a) -> F(b)"""
    match bounds_of(expr):
        case (upper, _):
            yield upper


RULE = Misconception(id="lower_bound_left_out", wrong_forms=anywhere(local), size=6)
