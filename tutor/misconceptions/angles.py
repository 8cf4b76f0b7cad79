"""The angles that solve a trigonometric equation between bounds, found by trying, and those that a line states."""

from __future__ import annotations

from math import isclose, pi, tau

from tutor.laws.forms import UNDEFINED, NotAFunction, function, prepared
from tutor.misconceptions.comparing import stated_values
from tutor.misconceptions.terms import difference, factors, terms
from tutor.syntax.tree import Both, Call, Chain, Expr, Power, Statement, Symbol, symbols, walk

STEPS = 720  # of the search, in a full turn
NEAR = 1e-7
DIRECT = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})


def the_equation(line: Statement) -> Chain | None:
    """The trigonometric equation of a line or of a system with bounds."""
    for part in line.parts if isinstance(line, Both) else (line,):
        if not isinstance(part, Chain) or part.relations != ("=",) or len(symbols(part)) != 1:
            continue
        if any(isinstance(n, Call) and n.name in DIRECT and symbols(n) for n in walk(part)):
            return part
    return None


def factors_of(line: Statement) -> list[Expr]:
    """The factors that hold the unknown, of the difference of the sides; one where nothing is shared."""
    found = the_equation(line)
    if found is None:
        return []
    parts = terms(difference(*found.operands))
    shared = [
        f for f in map(_base, factors(parts[0])) if symbols(f) and all(f in map(_base, factors(p)) for p in parts[1:])
    ]
    return [*shared, found.operands[0]] if shared else [found.operands[0]]


def _base(factor: Expr) -> Expr:
    return factor.base if isinstance(factor, Power) else factor


def some_are_missing(before: Statement, line: Statement) -> bool:
    """Whether a line states angles that solve the equation, and others between the bounds solve it, too."""
    found, stated = the_equation(before), stated_values(line)
    if found is None or not stated:
        return False
    name = next(iter(symbols(found)))
    given = [v for n, v, _ in stated if n == name and not isinstance(v, complex)]
    if len(given) != len(stated):
        return False
    try:
        one = function(prepared(difference(*found.operands)), {name: 0})
        if any(abs(one((v,))) > 1e-3 for v in given):
            return False
    except (NotAFunction, *UNDEFINED):
        return False
    low, high = bounds(before, name)
    return any(all(not isclose(a, v, abs_tol=1e-3) for v in given) for a in angles(found, name, low, high))


def bounds(line: Statement, name: str) -> tuple[float, float]:
    """Between which the angle lies: a full turn where the line does not say."""
    low, high = 0.0, tau - 1e-9
    for part in line.parts if isinstance(line, Both) else ():
        if isinstance(part, Chain) and part.relations != ("=",):
            operands = list(part.operands)
            for k, relation in enumerate(part.relations):
                left, right = operands[k], operands[k + 1]
                if relation in (">", ">="):
                    left, right, relation = right, left, "<" + relation[1:]
                try:
                    strict = 1e-9 if relation == "<" else -1e-9
                    if right == Symbol(name):
                        low = function(prepared(left), {})(()) + strict
                    elif left == Symbol(name):
                        high = function(prepared(right), {})(()) - strict
                except (NotAFunction, *UNDEFINED):
                    continue
    return low, high


def angles(found: Chain, name: str, low: float, high: float) -> list[float]:
    """Where the sides are equal: at changes of sign, and where the difference touches nought."""
    one = function(prepared(difference(*found.operands)), {name: 0})

    def at(x: float) -> float | None:
        try:
            return one((x,))
        except UNDEFINED:
            return None

    gained: list[float] = []
    # Angles that students are asked for are multiples of a twelfth, or of a tenth, of pi.
    for parts in (12, 10):
        for k in range(int(low * parts / pi) - 1, int(high * parts / pi) + 2):
            x = k * pi / parts
            y = at(x)
            if low <= x <= high and y is not None and abs(y) < NEAR:
                gained.append(x)
    step = (high - low) / STEPS
    for k in range(STEPS):
        a, b = low + k * step, low + (k + 1) * step
        p, q = at(a), at(b)
        if p is None or q is None or p * q >= 0 or abs(p) > 50 or abs(q) > 50:
            continue
        for _ in range(60):
            middle = (a + b) / 2
            m = at(middle)
            if m is None:
                break
            a, b, p = (middle, b, m) if p * m > 0 else (a, middle, p)
        gained.append(a)
    return gained
