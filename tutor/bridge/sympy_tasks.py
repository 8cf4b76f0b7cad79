"""What is asked of SymPy, inside the killable child: zero tests, limits, integrals, sums, real solutions.

Each task takes trees and plain data and returns plain data, so nothing but trees, text and numbers crosses the pipe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tutor.bridge.sympy_build import to_sympy
from tutor.syntax.tree import Expr

Options = Mapping[str, Any]

DIGITS = 40


def zero_by(expr: Expr, options: Options) -> str | None:
    """The name of the transformation that brings the expression to 0, or None."""
    import sympy as sp

    value = to_sympy(expr, **options)
    return _zero_by(sp, value.doit() if value.has(sp.Sum, sp.Product, sp.Limit) else value)


def _zero_by(sp: Any, value: Any) -> str | None:
    if value == 0:
        return "automatic simplification"
    steps: tuple[tuple[str, Callable[[Any], Any]], ...] = (
        ("expand", sp.expand),
        ("cancel", lambda v: sp.cancel(sp.together(v))),
        ("radsimp", lambda v: sp.expand(sp.radsimp(v))),
        ("powsimp", lambda v: sp.expand(sp.powsimp(sp.expand(v), force=False))),
        ("trigsimp", lambda v: sp.expand(sp.trigsimp(v))),
        ("rewriting as exponentials", lambda v: sp.cancel(sp.expand(v.rewrite(sp.exp)))),
        ("expand_log", lambda v: sp.expand(sp.expand_log(v, factor=True))),
        ("logcombine", lambda v: sp.logcombine(sp.expand_log(v))),
        ("sqrtdenest", lambda v: sp.expand(sp.sqrtdenest(v))),
        ("combsimp", sp.combsimp),
        ("minpoly", _vanishing_algebraic),
    )
    for name, step in steps:
        try:
            result = step(value)
        except (NotImplementedError, ValueError, TypeError, AttributeError, sp.PolynomialError, ArithmeticError):
            continue
        if result == 0:
            return name
    return None


def _vanishing_algebraic(value: Any) -> Any:
    """0 where the minimal polynomial of an algebraic number is x."""
    import sympy as sp

    if not value.is_number or value.has(sp.exp, sp.log, sp.pi, sp.E):
        return value
    x = sp.Dummy("x")
    return 0 if sp.minimal_polynomial(value, x) == x else value


def limit_equals(
    operand: Expr, variable: str, target: Expr, side: str, claimed: Expr, options: Options
) -> tuple[bool, str]:
    """Whether Gruntz's limit is the one claimed, and the limit as text."""
    import sympy as sp

    x = sp.Symbol(variable, real=True)
    given = dict(options) | {"symbols": {variable: x}}
    found = sp.limit(to_sympy(operand, **given), x, to_sympy(target, **given), side or "+-")
    expected = to_sympy(claimed, **given)
    if found.has(sp.Limit, sp.AccumBounds, sp.nan):
        return False, "unknown"
    same = found == expected or (found.is_finite is not False and _zero_by(sp, found - expected) is not None)
    return bool(same), str(found)


def integral_equals(
    integrand: Expr, variable: str, lower: Expr, upper: Expr, claimed: Expr, options: Options
) -> tuple[bool, str]:
    """Whether SymPy's definite integral is the number claimed, and the integral as text."""
    import sympy as sp

    x = sp.Symbol(variable, real=True)
    given = dict(options) | {"symbols": {variable: x}}
    limits = (x, to_sympy(lower, **given), to_sympy(upper, **given))
    found = sp.integrate(to_sympy(integrand, **given), limits)
    expected = to_sympy(claimed, **given)
    if found.has(sp.Integral, sp.nan):
        return False, "unknown"
    same = found == expected or (found.is_finite is not False and _zero_by(sp, found - expected) is not None)
    return bool(same), str(found)


def sum_equals(total: Expr, claimed: Expr, options: Options) -> tuple[bool, str]:
    """Whether SymPy's closed form of a sum or product is the one claimed, and that form as text."""
    import sympy as sp

    found = to_sympy(total, **options).doit()
    expected = to_sympy(claimed, **options)
    if found.has(sp.Sum, sp.Product, sp.nan):
        return False, "unknown"
    same = found == expected or (found.is_finite is not False and _zero_by(sp, found - expected) is not None)
    return bool(same), str(found)


def same_real_solutions(before: Expr, after: Expr, variable: str, options: Options) -> tuple[bool, str, str]:
    """Whether before = 0 and after = 0 have the same real solutions, by SymPy's solveset; both as text."""
    import sympy as sp

    x = sp.Symbol(variable, real=True)
    given = dict(options) | {"symbols": {variable: x}}
    first = sp.solveset(to_sympy(before, **given), x, sp.S.Reals)
    second = sp.solveset(to_sympy(after, **given), x, sp.S.Reals)
    kinds = (sp.FiniteSet, sp.Interval, sp.Union, sp.ImageSet)
    known = all(isinstance(s, kinds) or s in (sp.S.EmptySet, sp.S.Reals) for s in (first, second))
    same = known and (first == second or _same_finite(sp, first, second))
    return bool(same), str(first), str(second)


def _same_finite(sp: Any, first: Any, second: Any) -> bool:
    """Whether two finite sets hold the same numbers, each pair by the zero tests."""
    if not (isinstance(first, sp.FiniteSet) and isinstance(second, sp.FiniteSet) and len(first) == len(second)):
        return False
    left = list(second)
    for value in first:
        for other in left:
            if _zero_by(sp, value - other) is not None:
                left.remove(other)
                break
        else:
            return False
    return not left


def real_solutions(expr: Expr, variable: str, options: Options) -> tuple[str, ...] | None:
    """The real numbers at which the expression is 0, as decimals of 40 digits; None where SymPy finds no finite set."""
    import sympy as sp

    x = sp.Symbol(variable, real=True)
    found = sp.solveset(to_sympy(expr, **(dict(options) | {"symbols": {variable: x}})), x, sp.S.Reals)
    if found is sp.S.EmptySet:
        return ()
    if not isinstance(found, sp.FiniteSet):
        return None
    values = sorted(found, key=lambda v: v.evalf(DIGITS))
    return tuple(str(v.p) + "/" + str(v.q) if v.is_Rational else str(v.evalf(DIGITS)) for v in values)


def echo(value: object) -> object:
    """The same value; to see that the child answers."""
    return value


def spin(turns: int) -> int:
    """Counts; to see that a child that does not answer is stopped."""
    total = 0
    for i in range(turns):
        total += i & 1
    return total


TASKS: dict[str, Callable[..., Any]] = {
    "zero_by": zero_by,
    "limit_equals": limit_equals,
    "integral_equals": integral_equals,
    "sum_equals": sum_equals,
    "same_real_solutions": same_real_solutions,
    "real_solutions": real_solutions,
    "echo": echo,
    "spin": spin,
}
