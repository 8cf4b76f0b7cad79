"""A bracket after a value that says it again or says something of it: `251 000 J (251 kJ)`, `4.5 m/s (2 sf)`."""

from __future__ import annotations

from dataclasses import replace

from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import Bracket, Chain, Expr, Product, Quantity, Statement, symbols, walk


def without_asides(statement: Statement, text: str) -> Statement:
    """A relation whose last value has an aside in a bracket behind it, with the aside left out, or as an equal value.

    text: the row in which the statement stands. A blank has to stand before the bracket; values that multiply to
    something the line goes on with are no aside.
    """
    if not isinstance(statement, Chain):
        return statement
    match statement.operands[-1]:
        case Product((value, Bracket(inner) as bracket), ("",)) if not symbols(value):
            pass
        case _:
            return statement
    at = bracket.span.start
    if at < 1 or at > len(text) or not text[at - 1].isspace():
        return statement
    before = replace(statement, operands=(*statement.operands[:-1], value))
    if symbols(inner):
        return before if _is_remark(inner, before) else statement
    if _says_again(value, inner):
        return replace(
            before, operands=(*before.operands, inner), relations=(*before.relations, "≈" if "≈" in text else "=")
        )
    return statement


def _is_remark(inner: Expr, rest: Chain) -> bool:
    """Whether letters in a bracket are a word: `(ish)`, `(3 sf)`, `(N)` behind a value that is worked out before."""
    if symbols(inner) & frozenset().union(*(symbols(operand) for operand in rest.operands)):
        return False
    measured = isinstance(rest.operands[-1], Quantity)
    worked_out = len(rest.operands) > 2 and not symbols(rest.operands[-2])
    letters = isinstance(inner, Product)
    return worked_out or (letters and measured)


def _says_again(value: Expr, inner: Expr) -> bool:
    """Whether two values written apart are one: equal, or of one kind in units that differ."""
    from tutor.bridge.units import measured

    try:
        one, other = measured(value), measured(inner)
    except (Undefined, Unsupported, TooLarge):
        return False
    if one.dimension != other.dimension or value == inner:
        return False
    if one.lo <= other.hi and other.lo <= one.hi:
        return True
    units = [{node.unit for node in walk(expr) if isinstance(node, Quantity)} for expr in (value, inner)]
    lengths = one.dimension == (("m", 1),)
    return bool(units[0] and units[1]) and units[0] != units[1] and not lengths
