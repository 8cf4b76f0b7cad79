"""a - b -> b - a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.like_terms import unlike
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, joined
from tutor.syntax.tree import Expr, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """a - b -> b - a"""
    for negative, positive, rest, first in unlike(expr):
        if not first:
            yield joined(Sum((negative, Negative(positive))), rest)


RULE = Misconception(id="reversed_subtraction", wrong_forms=anywhere(local), size=6)
