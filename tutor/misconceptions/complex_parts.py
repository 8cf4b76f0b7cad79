"""Complex numbers by their parts: 3 + 4i as 3 and 4, and products worked out with another square of i."""

from __future__ import annotations

from fractions import Fraction

from tutor.misconceptions.numerals import literal, numeral
from tutor.misconceptions.patterns import negated, product_of, sum_of
from tutor.syntax.tree import Constant, Expr, Negative, Node, Power, Product, Quotient, Sum, Symbol, walk

I = Constant("i")  # noqa: E741
MOST = 12  # of an exponent

Pair = tuple[Fraction, Fraction]


def has_i(expr: Node) -> bool:
    """Whether the imaginary unit stands in it, written as a constant or as the letter i."""
    return any(is_i(n) for n in walk(expr))


def is_i(node: Node) -> bool:
    """The imaginary unit."""
    return isinstance(node, Constant | Symbol) and node.name == "i"


def parts(expr: Expr) -> tuple[Expr, Expr] | None:
    """a and b of a + b*i, None where i stands in it otherwise or not at all."""
    if not has_i(expr):
        return None
    real: list[Expr] = []
    imaginary: list[Expr] = []
    for term in expr.terms if isinstance(expr, Sum) else (expr,):
        if not has_i(term):
            real.append(term)
        elif (found := coefficient(term)) is not None:
            imaginary.append(found)
        else:
            return None
    return sum_of(real), sum_of(imaginary)


def coefficient(term: Expr) -> Expr | None:
    """b of b*i."""
    match term:
        case Negative(inner):
            found = coefficient(inner)
            return None if found is None else negated(found)
        case Product(factors) if sum(is_i(f) for f in factors) == 1:
            rest = tuple(f for f in factors if not is_i(f))
            return None if any(has_i(f) for f in rest) else product_of(rest)
        case Quotient(top, bottom) if not has_i(bottom):
            found = coefficient(top)
            return None if found is None else Quotient(found, bottom)
    return numeral(1) if is_i(term) else None


def joined(real: Expr, imaginary: Expr) -> Expr:
    """a + b*i"""
    return Sum((real, product_of((imaginary, I))))


def with_square_of_i(expr: Expr, square: int) -> Pair | None:
    """The two parts of a calculation with numerals, where i^2 is taken to be a number."""
    if is_i(expr):
        return Fraction(0), Fraction(1)
    value = literal(expr)
    if value is not None:
        return value, Fraction(0)
    match expr:
        case Negative(inner):
            found = with_square_of_i(inner, square)
            return None if found is None else (-found[0], -found[1])
        case Sum(terms):
            each = [with_square_of_i(t, square) for t in terms]
            known = [p for p in each if p is not None]
            return (
                (sum((p[0] for p in known), Fraction(0)), sum((p[1] for p in known), Fraction(0)))
                if len(known) == len(each)
                else None
            )
        case Product(factors):
            each = [with_square_of_i(f, square) for f in factors]
            return None if None in each else _times([p for p in each if p is not None], square)
        case Power(base, exponent) if (n := literal(exponent)) is not None and n.denominator == 1 and 0 < n <= MOST:
            found = with_square_of_i(base, square)
            return None if found is None else _times([found] * int(n), square)
        case Quotient(top, bottom) if below := literal(bottom):
            found = with_square_of_i(top, square)
            return None if found is None else (found[0] / below, found[1] / below)
    return None


def _times(pairs: list[Pair], square: int) -> Pair:
    a, b = Fraction(1), Fraction(0)
    for c, d in pairs:
        a, b = a * c + square * b * d, a * d + b * c
    return a, b
