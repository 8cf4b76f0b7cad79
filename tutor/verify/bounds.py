"""Bounds on an unknown: the range a problem sets, where an inequality turns, the integers between two bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from tutor.bridge.exact import rational_value
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.syntax.tree import (
    Both,
    Chain,
    Either,
    Expr,
    Negative,
    Number,
    Product,
    Quotient,
    Statement,
    Symbol,
    substitute,
    symbols,
    without_brackets,
)

ORDERS = frozenset({"<", "<=", ">", ">="})
FURTHEST = 40  # numbers tried on either side of 0


def is_bound(statement: Statement) -> bool:
    """w > 0, 0 ≤ x ≤ 2π: the unknown alone, between numbers."""
    if not isinstance(statement, Chain) or not set(statement.relations) <= ORDERS:
        return False
    bare = [isinstance(without_brackets(o), Symbol) for o in statement.operands]
    return sum(bare) == 1 and all(alone or not symbols(o) for alone, o in zip(bare, statement.operands, strict=True))


def within(statement: Statement, bounds: Iterable[Statement]) -> Both:
    """The statement, and that the unknown keeps to its bounds."""
    return Both((statement, *bounds))


def turning_points(inequality: Statement) -> Iterator[Chain]:
    """f = g for f < g, and p q = 0 for p/q < 0: where the one side may overtake the other."""
    if not isinstance(inequality, Chain) or len(inequality.operands) != 2 or not set(inequality.relations) <= ORDERS:
        return
    left, right = (without_brackets(o) for o in inequality.operands)
    yield Chain((left, right), ("=",))
    if isinstance(left, Quotient) and isinstance(right, Number):
        yield Chain((left.top, right), ("=",))
        yield Chain((left.bottom, Number("0", Fraction(0))), ("=",))
        if not right.value:
            yield Chain((Product((left.top, left.bottom), ("*",)), right), ("=",))


def holds_at(statement: Statement, name: str, value: Fraction) -> bool | None:
    """Whether a statement in one unknown holds at a rational number; None where that is not to be seen."""
    if isinstance(statement, Both | Either):
        each = [holds_at(part, name, value) for part in statement.parts]
        decisive = isinstance(statement, Either)
        return decisive if decisive in each else None if None in each else not decisive
    if not isinstance(statement, Chain) or not set(statement.relations) <= ORDERS | {"="}:
        return None
    put_in = substitute(statement, {name: numeral(value)})
    try:
        sides = [rational_value(o) for o in put_in.operands]
    except Undefined:
        return False
    except (Unsupported, StudentError):
        return None
    return all(
        {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b}[sign]
        for a, sign, b in zip(sides, statement.relations, sides[1:], strict=False)
    )


def newcomer(before: Statement, after: Statement, name: str) -> Fraction | None:
    """A number that fulfils `after` and not `before`, the one nearest to 0 among those tried."""
    for size in range(FURTHEST + 1):
        for value in (Fraction(size), Fraction(-size), Fraction(size, 2), Fraction(-size, 2)):
            if holds_at(after, name, value) is True and holds_at(before, name, value) is False:
                return value
    return None


def integers_among(inequality: Statement, listed: Statement, name: str) -> bool:
    """Whether `n = 0, 1, 2, 3` lists integers that fulfil the inequality, and the next ones do not."""
    found: set[int] = set()
    for part in listed.parts if isinstance(listed, Either) else (listed,):
        value = value_of_unknown(part, name)
        if value is None or value.denominator != 1:
            return False
        found.add(value.numerator)
    if not found or max(found) - min(found) > FURTHEST:
        return False
    near = range(min(found) - 1, max(found) + 2)
    return all(holds_at(inequality, name, Fraction(n)) is (n in found) for n in near)


def value_of_unknown(statement: Statement, name: str) -> Fraction | None:
    """3 in `n = 3`"""
    match statement:
        case Chain((Symbol(head), value), ("=",)) if head == name and not symbols(value):
            try:
                return rational_value(value)
            except (Undefined, Unsupported, StudentError):
                return None
    return None


def numeral(value: Fraction) -> Expr:
    """The number as an expression."""
    size = abs(value)
    top: Expr = Number(str(size.numerator), Fraction(size.numerator))
    if size.denominator != 1:
        top = Quotient(top, Number(str(size.denominator), Fraction(size.denominator)))
    return Negative(top) if value < 0 else top
