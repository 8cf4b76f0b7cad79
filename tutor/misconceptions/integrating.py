"""Integrals with a slip somewhere in them: each term integrated by the rules of a table, rightly or wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice, product

from tutor.bridge.derive import ONE, minus, over, plus, put, times
from tutor.errors import StudentError, Unsupported
from tutor.misconceptions.differentiating import INNER, as_power, more
from tutor.misconceptions.misconception import WrongForms
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import (
    Call,
    Evaluated,
    Expr,
    Integral,
    Negative,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    substitute,
    symbols,
)
from tutor.verify.antiderivatives import antiderivative

MOST = 16  # alternatives for one part

Alternative = tuple[Expr, bool]
# What the wrong rule makes of a part: the integral of that whole part.
Slip = Callable[[Expr, str], Iterator[Expr]]


def with_slip(slip: Slip) -> WrongForms:
    """Each integral in a line, worked out with the slip in one or more terms; between bounds, if it has them."""

    def local(expr: Expr) -> Iterator[Expr]:
        if isinstance(expr, Integral):
            for found, slipped in alternatives(expr.integrand, expr.variable.name, slip):
                if slipped:
                    yield between_bounds(expr, found)

    return anywhere(local)


def between_bounds(integral: Integral, found: Expr) -> Expr:
    """F(b) - F(a), or F where there are no bounds."""
    if integral.lower is None or integral.upper is None:
        return found
    return Sum((at(found, integral, integral.upper), Negative(at(found, integral, integral.lower))))


def at(found: Expr, integral: Integral, bound: Expr) -> Expr:
    """The antiderivative at a bound."""
    return substitute(found, {integral.variable.name: bound})


def alternatives(expr: Expr, name: str, slip: Slip) -> list[Alternative]:
    """The right antiderivative, where a table has it, and those with the slip in one or more places."""
    found: list[Alternative] = []
    with suppress(StudentError, Unsupported):
        found += [(wrong, True) for wrong in slip(expr, name)]
    found += islice(_term_by_term(expr, name, slip), MOST)
    return found[:MOST]


def _term_by_term(expr: Expr, name: str, slip: Slip) -> Iterable[Alternative]:
    match expr:
        case Sum(terms):
            ways = product(*(alternatives(t, name, slip) for t in terms))
            return ((plus(f for f, _ in way), any(s for _, s in way)) for way in ways)
        case Negative(inner):
            return ((minus(f), s) for f, s in alternatives(inner, name, slip))
        case Product(factors) if any(name not in symbols(f) for f in factors):
            fixed = [f for f in factors if name not in symbols(f)]
            moving = [f for f in factors if name in symbols(f)]
            if moving:
                return ((times(*fixed, f), s) for f, s in alternatives(times(*moving), name, slip))
        case Quotient(top, bottom) if name not in symbols(bottom):
            return ((over(f, bottom), s) for f, s in alternatives(top, name, slip))
        case Quotient(top, bottom) if name not in symbols(top) and top != ONE:
            return ((times(top, f), s) for f, s in alternatives(Quotient(ONE, bottom), name, slip))
    right = integral_of(expr, name)
    return [] if right is None else [(right, False)]


def integral_of(expr: Expr, name: str) -> Expr | None:
    """An antiderivative, None where no table has it."""
    try:
        return antiderivative(expr, name)
    except (StudentError, Unsupported):
        return None


def as_power_of_letter(expr: Expr, name: str) -> tuple[Expr, Expr, Expr] | None:
    """c, u and n of c*u^n, of the letter itself, too."""
    if expr == Symbol(name):
        return ONE, expr, ONE
    return as_power(expr, name)


def outer_integral(expr: Expr, name: str) -> tuple[Expr, Expr] | None:
    """F(u) and u of f(u), as if u were the letter: sin(3x) and 3x of cos(3x)."""
    t = Symbol(INNER)
    match as_power(expr, name):
        case (c, base, exponent) if base != Symbol(name):
            new = more(exponent, 1)
            outer = integral_of(Quotient(ONE, t), INNER) if exponent == Negative(ONE) else Quotient(Power(t, new), new)
            return None if outer is None else (times(c, put(outer, INNER, base)), base)
    match expr:
        case Power(base, exponent) if name not in symbols(base):
            outer, inner = integral_of(Power(base, t), INNER), exponent
        case Call(called, (argument,), None, 0):
            outer, inner = integral_of(Call(called, (t,)), INNER), argument
        case Root(radicand, None):
            outer, inner = integral_of(Root(t), INNER), radicand
        case _:
            return None
    if outer is None or inner == Symbol(name):
        return None
    return put(outer, INNER, inner), inner


def bounds_of(expr: Expr) -> tuple[Expr, Expr] | None:
    """F(b) and F(a) of an integral between bounds, or of [F]_a^b."""
    match expr:
        case Integral(integrand, variable, lower, upper) if lower is not None and upper is not None:
            found = integral_of(integrand, variable.name)
            return None if found is None else (at(found, expr, upper), at(found, expr, lower))
        case Evaluated(operand, lower, upper, variable):
            names = {variable.name} if variable is not None else symbols(operand)
            if len(names) == 1:
                (name,) = names
                return substitute(operand, {name: upper}), substitute(operand, {name: lower})
    return None
