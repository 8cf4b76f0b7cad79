"""diff(sin(f(x)), x) -> cos(f(x))"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative, put
from tutor.misconceptions.differentiating import INNER, outer_and_inner, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Symbol, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f(u) -> f'(u)"""
    split = outer_and_inner(expr, name)
    if split is not None and split[1] != Symbol(name) and name in symbols(split[1]):
        yield put(derivative(split[0], INNER), INNER, split[1])


RULE = Misconception(id="chain_rule_inner_forgotten", wrong_forms=with_slip(slip), size=7)
