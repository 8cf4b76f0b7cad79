"""n*(10*p + q) -> n*p + n*q"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, whole
from tutor.syntax.tree import Expr, Number, Product, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """23*14 -> 23*4 + 23*1"""
    match expr:
        case Product((Number() as one, Number() as other)):
            for first, second in permutations((one, other)):
                digits = second.text.replace(",", "").replace(" ", "").replace(".", "")
                if digits.isdigit() and len(digits.strip("0")) > 1 and second.places is None:
                    yield Sum(tuple(Product((first, whole(int(d)))) for d in reversed(digits) if d != "0"))


RULE = Misconception(id="partial_product_not_shifted", wrong_forms=anywhere(local), size=7)
