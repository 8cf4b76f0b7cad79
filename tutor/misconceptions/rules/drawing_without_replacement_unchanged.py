"""(a/n)*((a - 1)/(n - 1)) -> (a/n)*(a/n)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.events import CHANCE, counts
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, whole
from tutor.syntax.tree import Expr, Product, Quotient


def local(expr: Expr) -> Iterator[Expr]:
    """(a/n)*((a - 1)/(n - 1)) -> (a/n)^2, (a/n)*(b/(n - 1)) -> (a/n)*(b/n), and so for more draws"""
    if not isinstance(expr, Product):
        return
    drawn = [counts(f) for f in expr.factors]
    first = drawn[0]
    if first is None or not all(d is not None and d[1] == first[1] - k for k, d in enumerate(drawn)):
        return
    tops = [d[0] for d in drawn if d is not None]
    yield Product(tuple(fraction(top, first[1]) for top in tops))
    yield Product(tuple(fraction(first[0], first[1]) for _ in tops))
    kept = [top + sum(other > top and k < i for k, other in enumerate(tops)) for i, top in enumerate(tops)]
    yield Product(tuple(fraction(top, first[1]) for top in kept))


def fraction(top: int, bottom: int) -> Expr:
    """top/bottom as written"""
    return Quotient(whole(top), whole(bottom))


RULE = Misconception(id="drawing_without_replacement_unchanged", wrong_forms=anywhere(local), size=8, words=CHANCE)
