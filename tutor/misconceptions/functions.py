"""An expression as f(g(x)): a part of it for g, the rest for f."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.patterns import plain
from tutor.syntax.tree import Expr, Node, Number, Symbol, children, rebuild, symbols

FUNCTION = r"\bf\s*\(|\bg\s*\(|function|compos|invers|deriv|first principles|difference quotient|limit"


def inner_parts(expr: Expr) -> Iterator[Expr]:
    """The different parts that hold a letter, largest first, without the expression itself and bare letters."""
    seen: list[Expr] = []
    level = [c for c in children(expr) if isinstance(c, Expr)]
    while level:
        below: list[Expr] = []
        for part in level:
            if symbols(part) and not isinstance(part, Symbol | Number):
                if part not in seen:
                    seen.append(part)
                    yield part
                below += [c for c in children(part) if isinstance(c, Expr)]
        level = below


def put_for(expr: Expr, part: Expr, new: Expr) -> Expr:
    """The expression with something else for every part that is the same."""

    def change(node: Node) -> Node:
        return new if node == part else rebuild(node, change)

    return plain(rebuild(expr, change)) if expr != part else new
