"""f(g(x)) -> g(f(x))"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import ONE
from tutor.misconceptions.functions import FUNCTION, inner_parts, put_for
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.misconceptions.patterns import put_in
from tutor.syntax.tree import Expr, Symbol, symbols


def local(expr: Expr) -> Iterator[Expr]:
    """f(g(x)) -> g(f(x))"""
    names = symbols(expr)
    if len(names) == 1:
        x = Symbol(min(names))
        for part in inner_parts(expr):
            outer = put_for(expr, part, x)
            if outer != x and symbols(put_for(expr, part, ONE)) == frozenset():
                yield put_in(part, {x.name: outer})


RULE = Misconception(id="composition_order_swapped", wrong_forms=anywhere(local), size=7, words=FUNCTION)
