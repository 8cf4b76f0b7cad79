"""diff(sin(f(x)), x) -> cos(diff(f(x), x))"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import derivative, put, times
from tutor.misconceptions.differentiating import INNER, outer_and_inner, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Symbol, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f(u) -> f'(u'), also with u' behind it"""
    split = outer_and_inner(expr, name)
    if split is not None and split[1] != Symbol(name) and name in symbols(split[1]):
        slope = derivative(split[1], name)
        yield put(derivative(split[0], INNER), INNER, slope)
        yield times(put(derivative(split[0], INNER), INNER, slope), slope)


RULE = Misconception(id="chain_rule_outer_at_inner_derivative", wrong_forms=with_slip(slip), size=6)
