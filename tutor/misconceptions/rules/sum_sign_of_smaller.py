"""-a + b -> a - b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.like_terms import unlike
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, joined
from tutor.syntax.tree import Expr, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """-a + b -> a - b, the minus written first"""
    for negative, positive, rest, first in unlike(expr):
        if first:
            yield joined(Sum((negative, Negative(positive))), rest)


RULE = Misconception(id="sum_sign_of_smaller", wrong_forms=anywhere(local), size=7)
