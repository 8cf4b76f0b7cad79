"""Numerals and their digits, for rules of arithmetic: what is worked out, column by column, with signs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import isqrt
from typing import Any

from tutor.misconceptions.patterns import places, with_part
from tutor.syntax.tree import (
    Absolute,
    AnyNode,
    Expr,
    Negative,
    Node,
    Number,
    Percent,
    Power,
    Product,
    Quotient,
    Root,
    Statement,
    Sum,
    rebuild,
)

MOST_DIGITS = 12
LARGEST_EXPONENT = 12

Local = Callable[[Expr], Iterator[Expr]]


# ---------------------------------------------------------------- numbers as trees


def whole(value: int) -> Expr:
    """An integer; -3 is Negative(3)."""
    found = Number(str(abs(value)), Fraction(abs(value)))
    return Negative(found) if value < 0 else found


def numeral(value: Fraction | int) -> Expr:
    """A number as a whole number or a fraction."""
    value = Fraction(value)
    if value.denominator == 1:
        return whole(value.numerator)
    found = Quotient(whole(abs(value.numerator)), whole(value.denominator))
    return Negative(found) if value < 0 else found


def decimal(units: int, places_shown: int) -> Expr:
    """The decimal with these digits and so many of them after the point: 62, 2 is 0.62."""
    if places_shown <= 0:
        return whole(units * 10**-places_shown)
    text = str(abs(units)).rjust(places_shown + 1, "0")
    text = f"{text[:-places_shown]}.{text[-places_shown:]}"
    found = Number(text, Fraction(abs(units), 10**places_shown), places_shown)
    return Negative(found) if units < 0 else found


def literal(expr: Node) -> Fraction | None:
    """The value of a numeral with or without a sign, of a fraction of two, of a percentage."""
    match expr:
        case Number(value=value):
            return value
        case Negative(operand):
            inner = literal(operand)
            return None if inner is None else -inner
        case Quotient(top, bottom):
            above, below = literal(top), literal(bottom)
            return above / below if above is not None and below else None
        case Percent(operand):
            inner = literal(operand)
            return None if inner is None else inner / 100
    return None


def value_of(expr: Node) -> Fraction | None:
    """The value of a calculation with numerals."""
    return literal(folded(expr))


def is_numeral(expr: Node) -> bool:
    """A numeral, with or without a sign."""
    return isinstance(expr, Number) or (isinstance(expr, Negative) and isinstance(expr.operand, Number))


def folded(node: AnyNode) -> AnyNode:
    """The tree with its calculations with numerals worked out, and signs in front: 2x + 3 - 5 is 2x - 2."""
    return _folded(node)  # type: ignore[return-value]


def _folded(node: Node) -> Node:
    if isinstance(node, Number):
        return node if node.places is None and node.value.denominator == 1 else numeral(node.value)
    known: Node | None = getattr(node, "_folded", None)
    if known is None:
        known = _folded_anew(node)
        object.__setattr__(node, "_folded", known)
    return known


def _folded_anew(node: Node) -> Node:
    new: Any = rebuild(node, _folded)
    match new:
        case Negative(Negative(inner)):
            return inner
        case Percent(operand) if (value := literal(operand)) is not None:
            return numeral(value / 100)
        case Absolute(operand) if (value := literal(operand)) is not None:
            return numeral(abs(value))
        case Root(radicand, None) if (value := literal(radicand)) is not None and value >= 0:
            top, bottom = isqrt(value.numerator), isqrt(value.denominator)
            exact = top * top == value.numerator and bottom * bottom == value.denominator
            return numeral(Fraction(top, bottom)) if exact else new
        case Power(base, exponent) if (value := literal(base)) is not None and (n := literal(exponent)) is not None:
            small = n.denominator == 1 and abs(n) <= LARGEST_EXPONENT and (value or n > 0)
            return numeral(value ** int(n)) if small else new
        case Quotient(top, bottom):
            return _folded_quotient(top, bottom)
        case Sum(terms):
            return _folded_sum(terms)
        case Product(factors):
            return _folded_product(factors)
    return new  # type: ignore[no-any-return]


def _folded_quotient(top: Expr, bottom: Expr) -> Expr:
    above, below = literal(top), literal(bottom)
    if above is not None and below:
        return numeral(above / below)
    if below is not None and abs(below) == 1:
        return top if below == 1 else _negated(top)
    negative = isinstance(top, Negative) != isinstance(bottom, Negative)
    found = Quotient(_size(top), _size(bottom))
    return Negative(found) if negative else found


def _folded_sum(terms: tuple[Expr, ...]) -> Expr:
    flat = [s for t in terms for s in (t.terms if isinstance(t, Sum) else (t,))]
    known = [v for t in flat if (v := literal(t)) is not None]
    others = [t for t in flat if literal(t) is None]
    total = sum(known, Fraction(0))
    if total or not others:
        others.append(numeral(total))
    return others[0] if len(others) == 1 else Sum(tuple(others))


def _folded_product(factors: tuple[Expr, ...]) -> Expr:
    flat = [s for f in factors for s in (f.factors if isinstance(f, Product) else (f,))]
    total = Fraction(1)
    others: list[Expr] = []
    for factor in flat:
        value = literal(factor)
        if value is not None:
            total *= value
        elif isinstance(factor, Negative):
            total = -total
            others.append(factor.operand)
        else:
            others.append(factor)
    if not total or not others:
        return numeral(total)
    if abs(total) != 1:
        others.insert(0, numeral(abs(total)))
    found = others[0] if len(others) == 1 else Product(tuple(others))
    return Negative(found) if total < 0 else found


def _size(expr: Expr) -> Expr:
    return expr.operand if isinstance(expr, Negative) else expr


def _negated(expr: Expr) -> Expr:
    return expr.operand if isinstance(expr, Negative) else Negative(expr)


# ---------------------------------------------------------------- a wrong calculation somewhere in a line


def anywhere(local: Local) -> Callable[[Statement], Iterator[Node]]:
    """A wrong calculation with an expression as one with a whole line: applied to each of its parts."""

    def wrong_forms(line: Statement) -> Iterator[Node]:
        for place in places(line):
            if isinstance(place, Expr):
                for new in local(place):
                    yield with_part(line, place, new)

    return wrong_forms


def pairs(terms: tuple[Expr, ...]) -> Iterator[tuple[Expr, Expr, tuple[Expr, ...]]]:
    """Two terms or factors in written order, and the others."""
    for i, first in enumerate(terms):
        for j in range(i + 1, len(terms)):
            yield first, terms[j], (*terms[:i], *terms[i + 1 : j], *terms[j + 1 :])


def joined(new: Expr, rest: tuple[Expr, ...]) -> Expr:
    """A sum of a new term and those left over."""
    return Sum((new, *rest)) if rest else new


def times_rest(new: Expr, rest: tuple[Expr, ...]) -> Expr:
    """A product of a new factor and those left over."""
    return Product((new, *rest)) if rest else new
