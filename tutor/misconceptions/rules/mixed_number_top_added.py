"""a + b/c -> (a + b)/c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, joined
from tutor.syntax.tree import Expr, Mixed, Negative, Quotient, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """2 + 1/3 -> 3/3, of a mixed number, too; what is taken away is no part of one"""
    match expr:
        case Mixed(whole, top, bottom):
            yield Quotient(Sum((whole, top)), bottom)
        case Sum(terms):
            for k, part in enumerate(terms):
                if isinstance(part, Quotient):
                    for j, one in enumerate(terms):
                        if j != k and not isinstance(one, Negative):
                            rest = tuple(t for i, t in enumerate(terms) if i not in (j, k))
                            yield joined(Quotient(Sum((one, part.top)), part.bottom), rest)


RULE = Misconception("mixed_number_top_added", wrong_forms=anywhere(local), size=14)
