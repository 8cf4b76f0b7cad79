"""-a - b -> a + b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """-a - b -> a + b, also of more terms, or of two of them"""
    if not isinstance(expr, Sum):
        return
    minus = [k for k, term in enumerate(expr.terms) if isinstance(term, Negative)]
    for i, first in enumerate(minus):
        for second in minus[i + 1 :]:
            yield Sum(tuple(plus(t) if k in (first, second) else t for k, t in enumerate(expr.terms)))
    if len(minus) > 2:
        yield Sum(tuple(plus(t) for t in expr.terms))


def plus(term: Expr) -> Expr:
    """Without its minus."""
    return term.operand if isinstance(term, Negative) else term


RULE = Misconception(id="two_minuses_make_plus_in_sum", wrong_forms=anywhere(local), size=6)
