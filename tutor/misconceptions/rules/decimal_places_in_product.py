"""(a/10)*(b/10) -> a*b/10"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, decimal, pairs, times_rest
from tutor.syntax.tree import Expr, Number, Product


def local(expr: Expr) -> Iterator[Expr]:
    """0.3*0.2 -> 0.6: the digits of the product with another number of places"""
    if not isinstance(expr, Product):
        return
    for one, other, rest in pairs(expr.factors):
        if not isinstance(one, Number) or not isinstance(other, Number):
            continue
        p, q = one.places or 0, other.places or 0
        digits = one.value * other.value * 10 ** (p + q)
        if p + q == 0 or digits.denominator != 1 or is_power_of_ten(one) or is_power_of_ten(other):
            continue
        for places in {max(p, q), min(p, q), p + q - 1, p + q + 1, 0} - {p + q}:
            yield times_rest(decimal(int(digits), places), rest)


def is_power_of_ten(n: Number) -> bool:
    """10, 100, ..."""
    return n.places is None and n.text.rstrip("0") == "1" and n.text != "1"


RULE = Misconception(id="decimal_places_in_product", wrong_forms=anywhere(local), size=7)
