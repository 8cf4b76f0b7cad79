"""a - b + c -> a - (b + c)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """Each minus, or one of them, takes all that is added after it: 50 - 10 + 10 + 10 -> 50 - (10 + 10 + 10)."""
    if not isinstance(expr, Sum):
        return
    starts = [
        k
        for k, term in enumerate(expr.terms[:-1])
        if k and isinstance(term, Negative) and not isinstance(expr.terms[k + 1], Negative)
    ]
    for chosen in (starts, *([k] for k in starts)):
        taken: list[Expr] = []
        minus = False
        for k, term in enumerate(expr.terms):
            if isinstance(term, Negative):
                minus = k in chosen
                taken.append(term)
            else:
                taken.append(Negative(term) if minus else term)
        yield Sum(tuple(taken))


RULE = Misconception(id="add_before_subtract", wrong_forms=anywhere(local), size=7)
