"""f(g(x)) -> f(x)*g(x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import ONE
from tutor.misconceptions.functions import FUNCTION, inner_parts, put_for
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Expr, Product, Symbol, symbols


def local(expr: Expr) -> Iterator[Expr]:
    """f(g(x)) -> f(x)*g(x)"""
    names = symbols(expr)
    if len(names) == 1:
        x = Symbol(min(names))
        for part in inner_parts(expr):
            outer = put_for(expr, part, x)
            if outer != x and symbols(put_for(expr, part, ONE)) == frozenset():
                yield Product((outer, part))


RULE = Misconception(id="composition_as_product", wrong_forms=anywhere(local), size=8, words=FUNCTION)
