"""a/b -> a.b, a/b -> 0.b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, decimal
from tutor.syntax.tree import Expr, Number, Quotient


def local(expr: Expr) -> Iterator[Expr]:
    """3/4 -> 3.4, 0.4 and 0.34"""
    match expr:
        case Quotient(Number(a, _, None), Number(b, _, None)) if a.isdigit() and b.isdigit():
            yield decimal(int(a + b), len(b))
            yield decimal(int(b), len(b))
            yield decimal(int(a + b), len(a + b))


RULE = Misconception(id="fraction_digits_as_decimal", wrong_forms=anywhere(local), size=7)
