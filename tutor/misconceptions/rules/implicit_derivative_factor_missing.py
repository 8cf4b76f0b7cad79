"""diff(y(x)^2, x) -> 2*y(x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import RULES, derivative, plus
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Call, Derivative, Expr, Node, Symbol, rebuild, substitute, symbols, walk

DEPENDENT = frozenset({"y", "z", "u", "v", "w", "r", "h", "V", "A", "s"})


def local(expr: Expr) -> Iterator[Expr]:
    """d/dx of terms in y as if y were x: y^2 -> 2*y, x*y -> y + x"""
    if not isinstance(expr, Derivative) or expr.variable is None or expr.order != 1:
        return
    x = expr.variable.name
    for n in {n for n in walk(expr.operand) if isinstance(n, Call) and n.name not in RULES and n.args == (Symbol(x),)}:
        body = replaced(expr.operand, n, Symbol(n.name))
        total = plus((derivative(body, x), derivative(body, n.name)))
        yield substitute(total, {n.name: n})
    for name in sorted(symbols(expr.operand) & DEPENDENT - {x}):
        yield plus((derivative(expr.operand, x), derivative(expr.operand, name)))


def replaced(expr: Expr, part: Expr, new: Expr) -> Expr:
    """The expression with something else for each of the same part."""

    def change(node: Node) -> Node:
        return new if node == part else rebuild(node, change)

    return rebuild(expr, change) if expr != part else new


RULE = Misconception(id="implicit_derivative_factor_missing", wrong_forms=anywhere(local), size=8)
