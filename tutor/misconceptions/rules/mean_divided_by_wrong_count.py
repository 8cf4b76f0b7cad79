"""mean of n values -> total/(another count)"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal, numeral, value_of
from tutor.misconceptions.worth import data_of
from tutor.syntax.tree import Call, Expr, Quotient, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """total/n -> total/(n - 1), total/(n + 1), the values that are not 0, or the different ones"""
    data: list[Fraction] = []
    match expr:
        case Call("mean", args, None, 0):
            data = data_of(args)
        case Quotient(Sum(terms), bottom) if literal(bottom) == len(terms):
            found = [value_of(t) for t in terms]
            data = [v for v in found if v is not None] if None not in found else []
    n = len(data)
    if n < 2:
        return
    for count in {n - 1, n + 1, sum(v != 0 for v in data), len(set(data))} - {n, 0, -1}:
        yield Quotient(numeral(sum(data, Fraction(0))), numeral(count))


RULE = Misconception(id="mean_divided_by_wrong_count", wrong_forms=anywhere(local), size=7)
