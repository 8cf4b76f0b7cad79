"""f(x + h) -> f(x) + h"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.functions import FUNCTION, inner_parts, put_for
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Negative, Sum, Symbol, symbols


def local(expr: Expr) -> Iterator[Expr]:
    """f(x + h) -> f(x) + h for a letter h, f(x - h) -> f(x) - h"""
    for part in inner_parts(expr):
        match part:
            case Sum((x, h)) if is_step(h) and symbols(h) - symbols(x):
                yield Sum((put_for(expr, part, x), h))


def is_step(term: Expr) -> bool:
    """A letter, or less a letter."""
    return isinstance(term.operand if isinstance(term, Negative) else term, Symbol)


RULE = Misconception(id="increment_added_outside", wrong_forms=anywhere(local), size=8, words=FUNCTION)
