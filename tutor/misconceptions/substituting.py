"""Integrals by substitution, f(u)*u' with the inner function u found in them, and what is left as a factor."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from tutor.bridge.derive import derivative
from tutor.errors import StudentError
from tutor.laws.forms import UNDEFINED, NotAFunction, function
from tutor.misconceptions.differentiating import outer_and_inner
from tutor.misconceptions.numerals import numeral
from tutor.misconceptions.patterns import with_part
from tutor.syntax.tree import Expr, Integral, Quotient, Symbol, children, substitute, symbols

POINTS = (0.317, 0.533, 0.871)
INNER = "t__"


class Substitution(NamedTuple):
    """c*f(u)*u' dx: outer is f of the letter INNER, inner is u, factor c."""

    outer: Expr
    inner: Expr
    factor: Fraction


def substitutions(integral: Integral) -> Iterator[Substitution]:
    """The inner functions whose derivative stands in the integrand, but for a number."""
    name = integral.variable.name
    seen: list[Expr] = []
    for part in parts(integral.integrand):
        split = outer_and_inner(part, name)
        if split is None or split[1] == Symbol(name) or name not in symbols(split[1]) or part in seen:
            continue
        seen.append(part)
        outer, inner = split
        found = factor_of(integral.integrand, part, inner, name)
        if found is not None:
            below = isinstance(integral.integrand, Quotient) and part in tuple(parts(integral.integrand.bottom))
            yield Substitution(Quotient(numeral(1), outer) if below else outer, inner, found)


def parts(expr: Expr) -> Iterator[Expr]:
    """The expression and all below it."""
    yield expr
    for child in children(expr):
        if isinstance(child, Expr):
            yield from parts(child)


def factor_of(integrand: Expr, part: Expr, inner: Expr, name: str) -> Fraction | None:
    """What is left of the integrand without that part and the derivative of what is in it, where it is a number."""
    try:
        rest = function(with_part(integrand, part, numeral(1)), {name: 0})  # type: ignore[arg-type]
        slope = function(derivative(inner, name), {name: 0})
        values = [rest((x,)) / slope((x,)) for x in POINTS]
    except (NotAFunction, StudentError, TypeError, *UNDEFINED):
        return None
    if max(values) - min(values) > 1e-9 * max(1.0, abs(values[0])) or not values[0]:
        return None
    return Fraction(values[0]).limit_denominator(1000)


def back(expr: Expr, inner: Expr) -> Expr:
    """With the inner function in place of the letter."""
    return substitute(expr, {INNER: inner})
