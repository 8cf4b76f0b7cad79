"""What an expression tends to, from its values near a place: enough to tell 0/0 and other forms without a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import inf, isfinite

from tutor.errors import Unsupported
from tutor.laws.forms import UNDEFINED, NotAFunction, function
from tutor.misconceptions.misconception import WrongForms
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Constant, Expr, Limit, Negative, symbols

NEAR = (1e-3, 1e-4, 1e-5)
FAR = (1e3, 1e4, 1e5)
LARGE = 20.0
SMALL = 0.05


def of_limits(local: Callable[[Limit], Iterator[Expr]]) -> WrongForms:
    """What a wrong rule makes of a limit, for each limit in a line."""

    def of_expr(expr: Expr) -> Iterator[Expr]:
        if isinstance(expr, Limit):
            yield from local(expr)

    return anywhere(of_expr)


def tends_to(expr: Expr, limit: Limit, side: str = "") -> float | None:
    """0.0, inf, -inf or the value to which it seems to tend on both sides; None where there is none to be seen."""
    if not side and not limit.side and direction(limit.target) is None:
        right, left = (tends_to(expr, limit, s) for s in "+-")
        if right is None or left is None:
            return None
        return right if right == left or abs(right - left) < 1e-3 * max(1.0, abs(right)) else None
    values = values_near(expr, limit, side or limit.side)
    if len(values) < len(NEAR):
        return None
    first, second, third = values
    if abs(third) > LARGE and abs(third) > 1.2 * abs(second) > 1.2 * abs(first):
        return inf if third > 0 else -inf
    if abs(third) < SMALL and (abs(third) < 0.8 * abs(second) or not third):
        return 0.0
    return third if abs(third - second) < 1e-2 * max(1.0, abs(third)) else None


def direction(target: Expr) -> int | None:
    """1 or -1 where the target is infinity or its negative."""
    match target:
        case Constant("infinity"):
            return 1
        case Negative(Constant("infinity")):
            return -1
    return None


def values_near(expr: Expr, limit: Limit, side: str) -> list[float]:
    """The values at points nearer and nearer to the target."""
    name = limit.variable.name
    if symbols(expr) - {name}:
        return []
    sign = direction(limit.target)
    if sign is not None:
        points = [sign * x for x in FAR]
    else:
        try:
            at = function(limit.target, {})(())
        except (NotAFunction, *UNDEFINED):
            return []
        points = [at + (-h if side == "-" else h) for h in NEAR]
    try:
        value = function(expr, {name: 0})
        found = [value((x,)) for x in points]
    except (NotAFunction, Unsupported, *UNDEFINED):
        return []
    return [v for v in found if isinstance(v, float | int) and isfinite(v)]


def exact(value: float) -> Fraction:
    """The number with a small denominator next to it."""
    return Fraction(value).limit_denominator(60)
