"""The notation of the catalogue's examples and rules: ASCII mathematics with named functions, to trees.

`diff(f, x)`, `integrate(f, (x, a, b))`, `limit(f, x, a)`, `vec(3, 4)`, `matrix([1, 2], [3, 4])`, `norm`, `dot`,
`cross`, `inv`, `at(f, x, a)`; `;` parts the statements of one situation.
"""

from __future__ import annotations

import re

from tutor.errors import NotReadable
from tutor.syntax.hints import ReadHints
from tutor.syntax.read import read
from tutor.syntax.tree import (
    Absolute,
    Call,
    Chain,
    Constant,
    Derivative,
    Expr,
    Integral,
    Interval,
    Limit,
    Matrix,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Statement,
    Symbol,
    Tuple,
    kinds,
    rebuild,
    substitute,
    symbols,
)

NAMED = frozenset("diff integrate limit at vec matrix norm dot cross inv median mean var stdev round det".split())
FUNCTIONS = frozenset("f g y".split())
SIGNS = (("+-", "±"), ("-+", "∓"), ("delta_degC", "K"))
OF_PHYSICS = (("dT", "Delta_T"), ("pg", "p_g"), ("W/h", "W*h^-1"))  # names of two letters


def statements(text: str, *, physical: bool = False) -> tuple[Statement, ...]:
    """The statements of one situation.

    Raises:
        NotReadable: with the place and what was expected.
    """
    return tuple(statement(part, physical=physical) for part in text.split(";") if part.strip())


def statement(text: str, *, physical: bool = False) -> Statement:
    """One statement in the catalogue's notation.

    Raises:
        NotReadable: with the place and what was expected.
    """
    for written, sign in SIGNS:
        text = text.replace(written, sign)
    for written, sign in OF_PHYSICS if physical else ():
        text = re.sub(rf"\b{written}\b" if "/" not in written else rf"\b{written}$", sign, text)
    applied = NAMED | {name for name in FUNCTIONS if f"{name}(" in text}
    found = read(text.strip(), ReadHints(functions=applied, units=physical, physical=physical))
    if not physical and "i" in symbols(found):
        found = _with_imaginary_unit(found)  # type: ignore[assignment]
    if Call not in kinds(found):
        return found
    return _spelt_out(found)  # type: ignore[return-value]


def _with_imaginary_unit(node: Node) -> Node:
    """3*i as i with i^2 = -1."""
    if isinstance(node, Symbol) and node.name == "i":
        return Constant("i", span=node.span)
    return rebuild(node, _with_imaginary_unit)


def _spelt_out(node: Node) -> Node:
    node = rebuild(node, _spelt_out)
    if not isinstance(node, Call):
        return node
    match node.name, node.args:
        case "diff", (body, Symbol() as variable):
            return Derivative(body, variable)
        case "diff", (body, Symbol() as variable, Number(value=order)):
            return Derivative(body, variable, int(order))
        case "integrate", (body, Symbol() as variable):
            return Integral(body, variable)
        case "integrate", (body, Tuple((Symbol() as variable, lower, upper))):
            return Integral(body, variable, lower, upper)
        case "limit", (body, Symbol() as variable, target):
            return Limit(body, variable, target)
        case "vec", entries:
            return Tuple(entries, angle=True)
        case "matrix", rows:
            return Matrix(tuple(_row(row) for row in rows))
        case "norm", (inner,):
            return Absolute(inner)
        case "dot", (a, b):
            return Product((a, b), ("dot",))
        case "cross", (a, b):
            return Product((a, b), ("cross",))
        case "inv", (inner,):
            return Power(inner, Negative(Number("1", Number("1", 1).value)))  # type: ignore[arg-type]
        case "at", (Derivative() as body, Symbol() as variable, value):
            return Call("at", (body, variable, value))
    return node


def _row(row: Expr) -> tuple[Expr, ...]:
    match row:
        case Interval(lower, upper):
            return (lower, upper)
        case Tuple(items):
            return items
    return (row,)


def value_at(node: Call) -> Expr:
    """`at(f, x, a)` with the value put in."""
    body, variable, value = node.args
    assert isinstance(variable, Symbol)
    return substitute(body, {variable.name: value})


__all__ = ["Chain", "NotReadable", "statement", "statements", "value_at"]
