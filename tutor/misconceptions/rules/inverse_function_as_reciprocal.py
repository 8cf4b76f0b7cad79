"""inverse of f -> 1/f"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import ONE
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import put_in
from tutor.syntax.tree import Call, Chain, Node, Quotient, Statement, Symbol, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """y = f(x) -> x = 1/f(y), y = 1/f(x), f^-1(x) = 1/f(x)"""
    match line:
        case Chain((Symbol(y), body), ("=",)) if y not in symbols(body) and len(symbols(body)) == 1:
            (x,) = symbols(body)
            yield Chain((Symbol(x), Quotient(ONE, put_in(body, {x: Symbol(y)}))), ("=",))
            yield Chain((Symbol(x), Quotient(ONE, body)), ("=",))
            yield Chain((Symbol(y), Quotient(ONE, body)), ("=",))
        case Chain((Call(name, (Symbol(x),), None, 0) as left, body), ("=",)):
            yield Chain((Call(f"{name}_inverse", left.args), Quotient(ONE, body)), ("=",))


RULE = Misconception(id="inverse_function_as_reciprocal", wrong_forms=wrong_forms, size=8)
