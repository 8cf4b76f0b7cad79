"""norm(vec(a, -b)) -> sqrt(a^2 - b^2)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import TWO
from tutor.misconceptions.components import length_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.misconceptions.patterns import sum_of
from tutor.syntax.tree import Expr, Negative, Power, Root


def local(expr: Expr) -> Iterator[Expr]:
    """|(a, -b)| -> sqrt(a^2 - b^2), and such a root with (-b)^2 taken as -b^2"""
    if items := length_of(expr):
        squares = [Negative(Power(i.operand, TWO)) if isinstance(i, Negative) else Power(i, TWO) for i in items]
        if any(isinstance(i, Negative) for i in items):
            yield Root(sum_of(squares))


RULE = Misconception(id="vector_length_sign_kept", wrong_forms=anywhere(local), size=8)
