"""-a - b -> a - b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """-a - b -> a - b"""
    match expr:
        case Sum((Negative(first), Negative() as second, *others)) if not isinstance(first, Negative):
            yield Sum((first, second, *others))


RULE = Misconception(id="leading_minus_spread", wrong_forms=anywhere(local), size=6)
