"""Whether two statements can have the same solutions, by trying points: what most wrong forms fail at once.

A point that fulfils the one and clearly not the other refutes; nothing is ever proved here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import isfinite

from tutor.errors import Unsupported
from tutor.laws.forms import UNDEFINED, NotAFunction, function, prepared
from tutor.syntax.tree import Both, Chain, Either, Expr, Statement, Symbol, symbols

Point = dict[str, float]

AT = (0.7391, 1.6180, 2.4142, 3.7321, 1.3103, 0.4361)
GRID = tuple(-12.3 + 0.617 * k for k in range(41))
NEAR = 1e-6  # of the size of the sides
FAR = 1e-3
ORDERS = {"<": (-1,), ">": (1,), "<=": (-1, 0), ">=": (1, 0), "=": (0,), "!=": (-1, 1)}


def can_be_same(form: Statement, line: Statement) -> bool:
    """False where a solution of the line does not fulfil the form, or a point tells two sets of numbers apart."""
    if any(holds(form, point) is False for point in solutions(line)):
        return False
    names = symbols(form) | symbols(line)
    if len(names) == 1 and has_an_order(line):
        name = next(iter(names))
        for x in GRID:
            one, other = holds(form, {name: x}), holds(line, {name: x})
            if one is not None and other is not None and one != other:
                return False
    return True


def has_an_order(line: Statement) -> bool:
    """Whether it is an inequality, or several."""
    match line:
        case Chain(relations=relations):
            return relations[0] in ORDERS and relations[0] not in "=!="
        case Either(parts) | Both(parts):
            return all(has_an_order(part) for part in parts)
    return False


def holds(line: Statement, point: Point) -> bool | None:
    """Whether a statement is true at a point; None where that is too close, or undefined, or not to be told."""
    match line:
        case Chain(operands, relations):
            if not symbols(line) <= point.keys() or any(r not in ORDERS for r in relations):
                return None
            values = [value(o, point) for o in operands]
            found: list[bool | None] = []
            for a, relation, b in zip(values, relations, values[1:], strict=False):
                order = None if a is None or b is None else order_of(a, b)
                found.append(None if order is None else order in ORDERS[relation])
            return False if False in found else None if None in found else True
        case Either(parts):
            each = [holds(part, point) for part in parts]
            return True if True in each else None if None in each else False
        case Both(parts):
            each = [holds(part, point) for part in parts]
            return False if False in each else None if None in each else True
    return None


def order_of(a: float, b: float) -> int | None:
    """-1, 0 or 1; None between equal and clearly different."""
    size = max(abs(a), abs(b), 1e-3)
    if abs(a - b) <= NEAR * size:
        return 0
    return None if abs(a - b) <= FAR * size else -1 if a < b else 1


def value(expr: Expr, point: Point) -> float | None:
    """The value at a point; None where there is none."""
    names = tuple(sorted(symbols(expr)))
    found = compiled(expr, names)
    if found is None:
        return None
    try:
        at = found([point[n] for n in names])
    except UNDEFINED:
        return None
    return at if isinstance(at, float | int) and isfinite(at) else None


@lru_cache(maxsize=512)
def compiled(expr: Expr, names: tuple[str, ...]) -> Callable[[Sequence[float]], float] | None:
    """The expression as a function of its letters."""
    try:
        return function(prepared(expr), {name: i for i, name in enumerate(names)})
    except (NotAFunction, Unsupported, TypeError):
        return None


@lru_cache(maxsize=64)
def solutions(line: Statement) -> tuple[Point, ...]:
    """Some points that fulfil an equation, or a list of values."""
    match line:
        case Chain((left, right), ("=",)):
            return tuple(on_the_curve(left, right))
        case Either(parts):
            return tuple(point for part in parts for point in solutions(part))
        case Both(parts):
            given = [p.operands for p in parts if isinstance(p, Chain) and p.relations == ("=",)]
            if len(given) == len(parts) and all(isinstance(g[0], Symbol) and not symbols(g[-1]) for g in given):
                at = {g[0].name: value(g[-1], {}) for g in given if isinstance(g[0], Symbol)}
                if None not in at.values():
                    return ({name: v for name, v in at.items() if v is not None},)
            crossing = where_lines_cross(parts) if len(given) == len(parts) == len(symbols(line)) == 2 else None
            return () if crossing is None else (crossing,)
    return ()


def where_lines_cross(parts: Sequence[Statement]) -> Point | None:
    """The point that fulfils two equations that are linear in two letters."""
    one, other = sorted(frozenset().union(*map(symbols, parts)))
    rows: list[tuple[float, float, float]] = []
    for part in parts:
        assert isinstance(part, Chain)

        def gap(x: float, y: float, part: Chain = part) -> float:
            a, b = (value(o, {one: x, other: y}) for o in part.operands)
            return float("nan") if a is None or b is None else a - b

        start = gap(1.0, 1.0)
        a, b = gap(2.0, 1.0) - start, gap(1.0, 2.0) - start
        if not abs(gap(3.0, 5.0) - (start + 2 * a + 4 * b)) <= 1e-9 * max(abs(start), abs(a), abs(b)):
            return None
        rows.append((a, b, a + b - start))
    (a, b, e), (c, d, f) = rows
    size = a * d - b * c
    return None if abs(size) < 1e-9 else {one: (e * d - b * f) / size, other: (a * f - e * c) / size}


def on_the_curve(left: Expr, right: Expr) -> Iterator[Point]:
    """Points that fulfil an equation: all letters but one are given values, and that one is solved for."""
    names = sorted(symbols(left) | symbols(right))
    for k, name in enumerate(names):
        if len(names) > 1 and k > 1:
            return
        fixed = {other: AT[(i + k) % len(AT)] for i, other in enumerate(names) if other != name}

        def gap(x: float, name: str = name, fixed: Point = fixed) -> float | None:
            a, b = value(left, {**fixed, name: x}), value(right, {**fixed, name: x})
            return None if a is None or b is None else a - b

        for x in zeros(gap):
            yield {**fixed, name: x}


def zeros(gap: Callable[[float], float | None]) -> Iterator[float]:
    """Where a function is nought: at once for one that is linear, else at its changes of sign on a grid."""
    p, q, r = gap(0.37), gap(1.91), gap(5.13)
    if p is not None and q is not None and r is not None and p != q:
        slope = (q - p) / 1.54
        x = 0.37 - p / slope
        y = gap(x)
        if abs(p + slope * 4.76 - r) <= 1e-9 * max(abs(p), abs(q), abs(r)) and y is not None:
            if abs(y) <= 1e-9 * max(abs(p), abs(q)):
                yield x
            return
    before: tuple[float, float] | None = None
    for x in GRID:
        y = gap(x)
        if y is not None and before is not None and before[1] * y < 0:
            root = bisected(gap, before[0], x, before[1])
            if root is not None:
                yield root
        before = None if y is None else (x, y)


def bisected(gap: Callable[[float], float | None], low: float, high: float, at_low: float) -> float | None:
    """The zero between two points of other sign; None at a pole."""
    middle = (low + high) / 2
    for _ in range(60):
        middle = (low + high) / 2
        y = gap(middle)
        if y is None:
            return None
        if y == 0:
            return middle
        low, high, at_low = (middle, high, y) if at_low * y > 0 else (low, middle, at_low)
    y = gap(middle)
    return middle if y is not None and abs(y) < 1e-6 else None
