"""Derivatives with a slip somewhere in them: each rule of differentiation taken rightly or wrongly, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice, product

from tutor.bridge.derive import ONE, TWO, ZERO, derivative, minus, over, plus, power, put, times
from tutor.errors import StudentError, Unsupported
from tutor.misconceptions.misconception import WrongForms
from tutor.misconceptions.numerals import anywhere, literal, numeral
from tutor.syntax.tree import (
    Call,
    Derivative,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    symbols,
)

MOST = 16  # alternatives for one part
INNER = "t__"  # the letter for what stands inside a function
HALF = Quotient(ONE, TWO)

# A derivative of a part, and whether the slip is in it.
Alternative = tuple[Expr, bool]
# What the wrong rule makes of a part, with d/dx of that whole part as its result.
Slip = Callable[[Expr, str], Iterator[Expr]]


def with_slip(slip: Slip) -> WrongForms:
    """Each derivative in a line, worked out with the slip in one or more of its parts."""

    def local(expr: Expr) -> Iterator[Expr]:
        if not isinstance(expr, Derivative) or expr.variable is None:
            return
        name = expr.variable.name
        operand = expr.operand
        for _ in range(expr.order - 1):
            operand = derivative(operand, name)
        for found, slipped in alternatives(operand, name, slip):
            if slipped:
                yield found

    return anywhere(local)


def alternatives(expr: Expr, name: str, slip: Slip) -> list[Alternative]:
    """The right derivative and those with the slip in one or more places."""
    found: list[Alternative] = []
    with suppress(StudentError, Unsupported):
        found += [(wrong, True) for wrong in slip(expr, name)]
    with suppress(StudentError, Unsupported):
        found += islice(_by_rule(expr, name, slip), MOST)
    return found[:MOST]


def _by_rule(expr: Expr, name: str, slip: Slip) -> Iterable[Alternative]:
    if name not in symbols(expr):
        return [(ZERO, False)]
    match expr:
        case Sum(terms):
            ways = product(*(alternatives(t, name, slip) for t in terms))
            return ((plus(d for d, _ in way), any(s for _, s in way)) for way in ways)
        case Negative(inner):
            return ((minus(d), s) for d, s in alternatives(inner, name, slip))
        case Product(factors):
            return _of_product(factors, name, slip)
        case Quotient(top, bottom) if name not in symbols(bottom):
            return ((over(d, bottom), s) for d, s in alternatives(top, name, slip))
        case Quotient(top, bottom):
            ways = product(alternatives(top, name, slip), alternatives(bottom, name, slip))
            return ((quotient_rule(top, bottom, d, e), s or z) for (d, s), (e, z) in ways)
    split = outer_and_inner(expr, name)
    if split is not None and split[1] != Symbol(name):
        outer, inner = split
        slope = put(derivative(outer, INNER), INNER, inner)
        return ((times(slope, d), s) for d, s in alternatives(inner, name, slip))
    return [(derivative(expr, name), False)]


def _of_product(factors: tuple[Expr, ...], name: str, slip: Slip) -> Iterator[Alternative]:
    fixed = [f for f in factors if name not in symbols(f)]
    moving = [f for f in factors if name in symbols(f)]
    for way in product(*(alternatives(f, name, slip) for f in moving)):
        terms = [times(*moving[:k], d, *moving[k + 1 :]) for k, (d, _) in enumerate(way)]
        yield times(*fixed, plus(terms)), any(s for _, s in way)


def quotient_rule(top: Expr, bottom: Expr, above: Expr, below: Expr) -> Expr:
    """(f'g - fg')/g^2"""
    return over(plus((times(above, bottom), minus(times(top, below)))), power(bottom, TWO))


def outer_and_inner(expr: Expr, name: str) -> tuple[Expr, Expr] | None:
    """The function of INNER and what stands in its place: sin(3x) as sin(t) and 3x."""
    t = Symbol(INNER)
    match expr:
        case Power(base, exponent) if name not in symbols(exponent):
            return Power(t, exponent), base
        case Power(base, exponent) if name not in symbols(base):
            return Power(base, t), exponent
        case Root(radicand, index) if index is None or name not in symbols(index):
            return Root(t, index), radicand
        case Quotient(top, bottom) if name not in symbols(top):
            return Quotient(top, t), bottom
        case Call(called, (argument,), subscript, primes) if subscript is None or name not in symbols(subscript):
            return Call(called, (t,), subscript, primes), argument
    return None


def as_power(expr: Expr, name: str) -> tuple[Expr, Expr, Expr] | None:
    """c, u and n of c*u^n: also of roots and of 1/u^n; None where it is no power of something with the letter."""
    match expr:
        case Power(base, exponent) if name in symbols(base) and name not in symbols(exponent):
            return ONE, base, exponent
        case Root(radicand, None) if name in symbols(radicand):
            return ONE, radicand, HALF
        case Root(radicand, Number() as index) if name in symbols(radicand):
            return ONE, radicand, Quotient(ONE, index)
        case Quotient(top, bottom) if name not in symbols(top) and name in symbols(bottom):
            match as_power(bottom, name):
                case (c, base, exponent) if literal(c) == 1:
                    return top, base, turned(exponent)
            return top, bottom, Negative(ONE)
    return None


def turned(exponent: Expr) -> Expr:
    """The exponent with the other sign."""
    return exponent.operand if isinstance(exponent, Negative) else Negative(exponent)


def more(exponent: Expr, by: int) -> Expr:
    """The exponent and a number added, worked out where it is one."""
    value = literal(exponent)
    if value is None:
        return Sum((exponent, ONE if by > 0 else Negative(ONE)))
    return numeral(value + by)


def inner_slope(base: Expr, name: str) -> Expr:
    """u' of u^n."""
    return ONE if base == Symbol(name) else derivative(base, name)
