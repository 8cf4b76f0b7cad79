"""integrate(f(g)*diff(g), (x, a, b)) -> integrate(f(u), (u, a, b))"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import times
from tutor.misconceptions.integrating import bounds_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, numeral
from tutor.misconceptions.substituting import INNER, substitutions
from tutor.syntax.tree import Expr, Integral, Negative, Sum, Symbol, substitute


def local(expr: Expr) -> Iterator[Expr]:
    """c*f(u)*u' from x = a to b -> c*f(u) from u = a to b, as integral and worked out"""
    if not isinstance(expr, Integral) or expr.lower is None or expr.upper is None:
        return
    for found in substitutions(expr):
        body = times(numeral(found.factor), found.outer)
        for letter in ("u", "t", "v", "w", "z", "s"):
            if letter != expr.variable.name:
                renamed = substitute(body, {INNER: Symbol(letter)})
                yield Integral(renamed, Symbol(letter), expr.lower, expr.upper)
        match bounds_of(Integral(body, Symbol(INNER), expr.lower, expr.upper)):
            case (upper, lower):
                yield Sum((upper, Negative(lower)))


RULE = Misconception(id="substitution_bounds_not_changed", wrong_forms=anywhere(local), size=9)
