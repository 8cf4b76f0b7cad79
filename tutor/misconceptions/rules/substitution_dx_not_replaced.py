"""u = g, dx -> du"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import times
from tutor.misconceptions.integrating import between_bounds, integral_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal, numeral
from tutor.misconceptions.substituting import INNER, back, substitutions
from tutor.syntax.tree import Expr, Integral, Product


def local(expr: Expr) -> Iterator[Expr]:
    """c*f(u)*u' dx -> f(u) du, with a number in front as it stood or without"""
    if not isinstance(expr, Integral):
        return
    for found in substitutions(expr):
        outer = integral_of(found.outer, INNER)
        if outer is None:
            continue
        whole = back(outer, found.inner)
        for front in {numeral(1), front_of(expr.integrand)}:
            if literal(front) != found.factor:
                yield between_bounds(expr, times(front, whole))


def front_of(integrand: Expr) -> Expr:
    """The number in front."""
    if isinstance(integrand, Product) and literal(integrand.factors[0]) is not None:
        return integrand.factors[0]
    return numeral(1)


RULE = Misconception(id="substitution_dx_not_replaced", wrong_forms=anywhere(local), size=8)
