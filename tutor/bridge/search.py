"""Roots of a continuous function that no formula gives, by changes of sign: certified, but not always all of them."""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, ctx, fmpq

from tutor.bridge.balls import evaluate
from tutor.bridge.roots import Root
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import Expr

MAX_ROOTS = 12
# Quarters near 0, then wider steps: where the solutions of exercises lie.
GRID = tuple(
    sorted(
        {fmpq(2 * k + 1, 16) for k in range(-32, 32)}
        | {fmpq(4 * k + 1, 8) for k in range(-24, 24)}
        | {fmpq(5 * k, 1) + fmpq(1, 7) for k in range(3, 21)}
        | {fmpq(-5 * k, 1) + fmpq(1, 7) for k in range(3, 21)}
    )
)


def roots_by_search(left: Expr, right: Expr, name: str) -> list[Root]:
    """Solutions of left = right between -100 and 100 at which left - right changes its sign, the nearest to 0 first."""

    def sign(q: fmpq, bits: int = 64) -> int:
        try:
            value = evaluate(left, {name: q}, bits) - evaluate(right, {name: q}, bits)
        except (Undefined, Unsupported, TooLarge):
            return 0
        return 1 if value > 0 else -1 if value < 0 else 0

    signs = [sign(q) for q in GRID]
    found: list[Root] = []
    for a, b, s, t in zip(GRID, GRID[1:], signs, signs[1:], strict=False):
        if s * t < 0:
            low, high = _bisect(sign, a, b, s, 40)
            if _continuous(left, right, name, low, high):
                found.append(_bracketed(sign, low, high, s))
        if len(found) >= MAX_ROOTS:
            break
    return sorted(found, key=lambda r: abs(float(r.ball(40).mid())))


def _bisect(sign: Callable[[fmpq, int], int], low: fmpq, high: fmpq, s: int, bits: int) -> tuple[fmpq, fmpq]:
    """The bracket made narrower than 2^-bits; a point that is a root itself stays inside."""
    unit = fmpq(1, fmpq(2).p ** bits)
    while high - low > unit:
        middle = (low + high) / 2
        here = sign(middle, bits + 40)
        if here == 0:
            quarter = (high - low) / 4
            return middle - quarter if quarter < unit else middle - unit / 2, middle + unit / 2
        if here == s:
            low = middle
        else:
            high = middle
    return low, high


def _continuous(left: Expr, right: Expr, name: str, low: fmpq, high: fmpq) -> bool:
    """Whether the difference has a finite value on all of the bracket: a pole changes its sign too."""
    with ctx.workprec(80):
        whole = arb(low).union(arb(high))
        try:
            evaluate(left, {name: whole}, 80)
            evaluate(right, {name: whole}, 80)
        except (Undefined, Unsupported, TooLarge):
            return False
    return True


def _bracketed(sign: Callable[[fmpq, int], int], low: fmpq, high: fmpq, s: int) -> Root:
    bracket = [low, high]

    def make(bits: int) -> arb:
        bracket[:] = _bisect(sign, bracket[0], bracket[1], s, bits)
        with ctx.workprec(bits + 20):
            return arb(bracket[0]).union(arb(bracket[1]))

    return Root(None, make, certain=False)
