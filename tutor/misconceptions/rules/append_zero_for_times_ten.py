"""digits.digits*10 -> the same digits with 0 at the end"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, pairs, times_rest
from tutor.syntax.tree import Expr, Number, Product


def local(expr: Expr) -> Iterator[Expr]:
    """2.5*10 -> 2.50"""
    if not isinstance(expr, Product):
        return
    for one, other, rest in pairs(expr.factors):
        for n, ten in ((one, other), (other, one)):
            if isinstance(n, Number) and n.places and isinstance(ten, Number) and ten.text.rstrip("0") == "1":
                zeros = len(ten.text) - 1
                if zeros and ten.places is None:
                    yield times_rest(Number(n.text + "0" * zeros, n.value, n.places + zeros), rest)


RULE = Misconception(id="append_zero_for_times_ten", wrong_forms=anywhere(local), size=8)
