"""abs(a + b*i) -> sqrt(a^2 - b^2)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import TWO
from tutor.misconceptions.complex_parts import parts
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Absolute, Call, Expr, Negative, Power, Root, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """|a + b*i| -> sqrt(a^2 - b^2)"""
    match expr:
        case Absolute(inner) | Call("abs", (inner,), None, 0) if (found := parts(inner)) is not None:
            yield Root(Sum((Power(found[0], TWO), Negative(Power(found[1], TWO)))))


RULE = Misconception(id="modulus_keeps_i", wrong_forms=anywhere(local), size=8)
