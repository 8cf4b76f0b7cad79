"""quotient digit 0 -> nothing written"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, decimal
from tutor.syntax.tree import Expr, Number, Quotient

MOST_DECIMALS = 6


def local(expr: Expr) -> Iterator[Expr]:
    """618/6 = 103 -> 13, and with any of the zeros left out"""
    match expr:
        case Quotient(Number(value=top), Number(value=bottom)) if bottom:
            value = top / bottom
            places = next((k for k in range(MOST_DECIMALS + 1) if (value * 10**k).denominator == 1), None)
            if places is None:
                return
            digits = str(int(value * 10**places)).rjust(places + 1, "0")
            point = len(digits) - places
            zeros = [i for i, d in enumerate(digits) if d == "0" and i]
            for count in range(len(zeros), 0, -1):
                for left_out in combinations(zeros, count):
                    kept = "".join(d for i, d in enumerate(digits) if i not in left_out)
                    after = sum(i >= point for i in range(len(digits)) if i not in left_out)
                    yield decimal(int(kept or "0"), after)


RULE = Misconception(id="zero_left_out_of_quotient", wrong_forms=anywhere(local), size=7)
