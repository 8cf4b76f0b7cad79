"""a - (-b) -> a - b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """a - (-b) -> a - b"""
    if isinstance(expr, Sum):
        for k, term in enumerate(expr.terms):
            if k and isinstance(term, Negative) and isinstance(term.operand, Negative):
                yield Sum((*expr.terms[:k], term.operand, *expr.terms[k + 1 :]))


RULE = Misconception(id="subtract_negative_as_subtract", wrong_forms=anywhere(local), size=7)
