"""f(a + b) -> f(a) + f(b)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.functions import FUNCTION, inner_parts, put_for
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """f(a + b) -> f(a) + f(b), f(a - b) -> f(a) - f(b)"""
    for part in inner_parts(expr):
        if isinstance(part, Sum) and len(part.terms) < 4:
            yield Sum(tuple(value(expr, part, term) for term in part.terms))


def value(expr: Expr, part: Expr, term: Expr) -> Expr:
    """f(a), and -f(b) for -b."""
    if isinstance(term, Negative):
        return Negative(put_for(expr, part, term.operand))
    return put_for(expr, part, term)


RULE = Misconception(id="function_of_sum_split", wrong_forms=anywhere(local), size=5, words=FUNCTION)
