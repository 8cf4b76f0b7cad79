"""digits lined up at the last digit -> added place by place"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, decimal, joined, pairs
from tutor.syntax.tree import Expr, Negative, Number, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """3.5 + 0.27 -> 35 + 27 with the point of either"""
    if not isinstance(expr, Sum):
        return
    for one, other, rest in pairs(expr.terms):
        minus = isinstance(other, Negative)
        size = other.operand if isinstance(other, Negative) else other
        if not isinstance(one, Number) or not isinstance(size, Number):
            continue
        p, q = one.places or 0, size.places or 0
        if p == q:
            continue
        a, b = one.value * 10**p, size.value * 10**q
        total = abs(a - b) if minus else a + b
        if total.denominator == 1:
            for places in (max(p, q), min(p, q)):
                yield joined(decimal(int(total), places), rest)


RULE = Misconception(id="decimals_lined_up_right", wrong_forms=anywhere(local), size=8)
