"""at(diff(f(x), x), x, a) -> diff(at(f(x), x, a), x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, whole
from tutor.misconceptions.worth import at_point
from tutor.syntax.tree import Call, Derivative, Expr, Symbol


def local(expr: Expr) -> Iterator[Expr]:
    """f'(a) -> 0, and f'(a) -> f(a)"""
    match expr:
        case Call("at", (Derivative(body), Symbol(name), value)):
            yield whole(0)
            yield at_point(body, name, value)


RULE = Misconception(id="evaluated_before_differentiating", wrong_forms=anywhere(local), size=7)
