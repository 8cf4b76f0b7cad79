"""binomial(n, k) -> n!/(n - k)!"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Choose, Expr, Factorial, Product, Quotient


def local(expr: Expr) -> Iterator[Expr]:
    """C(n, k) -> n!/(n - k)!, also of n!/(k!*(n - k)!)"""
    match expr:
        case Choose(n, k, False):
            yield Choose(n, k, True)
        case Quotient(Factorial(n), Product((Factorial(), Factorial()) as below)):
            for factor in below:
                yield Quotient(Factorial(n), factor)


RULE = Misconception(id="order_counted_in_combination", wrong_forms=anywhere(local), size=7)
