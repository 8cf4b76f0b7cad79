"""An equation solved for one of its symbols, as a student does it: undo what was done to the symbol, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from tutor.errors import Unsupported
from tutor.syntax.tree import (
    Absolute,
    AnyNode,
    Bracket,
    Call,
    Chain,
    Constant,
    Degrees,
    Expr,
    Negative,
    Number,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Sum,
    Symbol,
    rebuild,
    symbols,
    walk,
)

ONE, TWO, ZERO = (Number(str(n), Fraction(n)) for n in (1, 2, 0))
INVERSES = {"sin": "arcsin", "cos": "arccos", "tan": "arctan", "arcsin": "sin", "arccos": "cos", "arctan": "tan"}
MAX_STEPS = 60


def rearranged(equation: Chain, name: str) -> tuple[Expr, ...]:
    """What the symbol equals, the likelier (positive) root first.

    Raises:
        Unsupported: it occurs several times, other than in a linear or quadratic way, or within what cannot be undone.
    """
    left, right = equation.operands
    if occurrences(left, name) + occurrences(right, name) == 1:
        if name in symbols(right):
            left, right = right, left
        return tuple(dict.fromkeys(_undone(left, right, name, MAX_STEPS)))
    return _of_degree_two(left, right, name)


def occurrences(expr: Expr, name: str) -> int:
    """How often a symbol stands in an expression."""
    return sum(1 for node in walk(expr) if isinstance(node, Symbol) and node.name == name)


def _undone(left: Expr, right: Expr, name: str, steps: int) -> list[Expr]:
    while not isinstance(left, Symbol):
        steps -= 1
        if steps < 0:
            raise Unsupported("an equation that is nested too deeply")
        match left:
            case Bracket(inner) | Positive(inner) | Absolute(inner):
                left = inner
            case Negative(inner):
                left, right = inner, negative(right)
            case Sum(terms):
                kept = next(t for t in terms if name in symbols(t))
                right = total([right, *(negative(t) for t in terms if t is not kept)])
                left = kept
            case Product(factors):
                kept = next(f for f in factors if name in symbols(f))
                right = ratio([right], [f for f in factors if f is not kept])
                left = kept
            case Quotient(top, bottom) if name in symbols(top):
                left, right = top, ratio([right, bottom], [])
            case Quotient(top, bottom):
                left, right = bottom, ratio([top], [right])
            case Power(base, exponent) if name in symbols(base):
                times = whole(exponent)
                if times is None or not 2 <= times <= 8:
                    raise Unsupported("a power that is not whole")
                root = Root(right, None if times == 2 else Number(str(times), Fraction(times)))
                found = _undone(base, root, name, steps)
                return found + _undone(base, Negative(root), name, steps) if times % 2 == 0 else found
            case Power(base, exponent):
                if isinstance(base, Constant) and base.name == "e":
                    right = Call("ln", (right,))
                else:
                    right = Quotient(Call("ln", (right,)), Call("ln", (base,)))
                left = exponent
            case Root(radicand, index):
                left, right = radicand, Power(grouped(right), index or TWO)
            case Call(call, (argument,), None) if call in INVERSES:
                left, right = argument, Call(INVERSES[call], (right,))
            case Call("ln", (argument,), None):
                left, right = argument, Power(Constant("e"), right)
            case Call("exp", (argument,), None):
                left, right = argument, Call("ln", (right,))
            case Call("log", (argument,), subscript):
                left, right = argument, Power(subscript or Number("10", Fraction(10)), right)
            case _:
                raise Unsupported(f"undoing a {type(left).__name__}")
    return [unbracketed(right)]


def whole(expr: Expr) -> int | None:
    """The exponent 2, 3, …"""
    while isinstance(expr, Bracket):
        expr = expr.inner
    return int(expr.value) if isinstance(expr, Number) and expr.value.denominator == 1 else None


def grouped(expr: Expr) -> Expr:
    """In a bracket, where it is more than a name or a number."""
    return expr if isinstance(expr, Symbol | Number | Bracket | Call | Constant) else Bracket(expr)


def negative(expr: Expr) -> Expr:
    """-a, without doubling a sign."""
    match expr:
        case Negative(inner):
            return inner
        case Bracket(Sum(terms)) | Sum(terms):
            if any(isinstance(t, Negative) for t in terms):
                flipped = total([negative(t) for t in terms])
                return Bracket(flipped) if isinstance(flipped, Sum) else flipped
            return Negative(Bracket(Sum(terms)))
        case Number(_, value) if not value:
            return expr
    return Negative(expr)


def total(terms: list[Expr]) -> Expr:
    """a + b + …, flat, without zeros; what is positive goes first."""
    flat: list[Expr] = []
    for term in terms:
        while isinstance(term, Bracket) and isinstance(term.inner, Sum):
            term = term.inner
        if isinstance(term, Negative) and isinstance(term.operand, Bracket) and isinstance(term.operand.inner, Sum):
            flat += [negative(t) for t in term.operand.inner.terms]
        else:
            flat += term.terms if isinstance(term, Sum) else (term,)
    flat = [t for t in flat if not (isinstance(t, Number) and not t.value)]
    flat.sort(key=lambda t: isinstance(t, Negative))
    return ZERO if not flat else flat[0] if len(flat) == 1 else Sum(tuple(flat))


def ratio(above: list[Expr], below: list[Expr]) -> Expr:
    """The product of `above` over the product of `below`, as one fraction."""
    tops: list[Expr] = []
    bottoms: list[Expr] = []
    sign = 1

    def add(factor: Expr, ups: list[Expr], downs: list[Expr]) -> None:
        nonlocal sign
        match factor:
            case Bracket(Product() | Quotient() | Negative() | Symbol() | Number() as inner):
                add(inner, ups, downs)
            case Product(factors):
                for each in factors:
                    add(each, ups, downs)
            case Quotient(top, bottom):
                add(top, ups, downs)
                add(bottom, downs, ups)
            case Negative(inner):
                sign = -sign
                add(inner, ups, downs)
            case Number(_, value) if value == 1:
                pass
            case Sum():
                ups.append(Bracket(factor))
            case _:
                ups.append(factor)

    for factor in above:
        add(factor, tops, bottoms)
    for factor in below:
        add(factor, bottoms, tops)
    for one in list(tops):  # what stands on both sides of the bar goes
        if one in bottoms:
            tops.remove(one)
            bottoms.remove(one)
    if sign < 0:
        for i, one in enumerate(tops):  # -(a - b) is b - a
            if (
                isinstance(one, Bracket)
                and isinstance(one.inner, Sum)
                and any(isinstance(t, Negative) for t in one.inner.terms)
            ):
                tops[i], sign = negative(one), 1
                break
    tops.sort(key=lambda f: not isinstance(f, Number))
    bottoms.sort(key=lambda f: not isinstance(f, Number))
    top, bottom = product(tops), product(bottoms)
    whole_ = (
        top if isinstance(bottom, Number) and bottom.value == 1 else Quotient(unbracketed(top), unbracketed(bottom))
    )
    return Negative(whole_) if sign < 0 else whole_


def unbracketed(expr: Expr) -> Expr:
    """Above or below a bar a sum needs no bracket of its own: printing puts one."""
    return expr.inner if isinstance(expr, Bracket) else expr


def product(factors: list[Expr]) -> Expr:
    """a · b · …; 1 for none."""
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Product(tuple(factors), ("·",) * (len(factors) - 1))


# ---------------------------------------------------------------- the symbol several times

Terms = dict[int, Expr]  # power of the symbol to its coefficient


def _of_degree_two(left: Expr, right: Expr, name: str) -> tuple[Expr, ...]:
    top, bottom = _fraction(left, name)
    over, under = _fraction(right, name)
    terms = _sum(_times(top, under), _times(over, bottom), -1)
    degree = max((power for power, c in terms.items() if c != ZERO), default=0)
    if degree == 1:
        times, rest = terms[1], negative(terms.get(0, ZERO))
        summands = times.terms if isinstance(times, Sum) else (times,)
        if all(isinstance(t, Negative) for t in summands):
            times, rest = negative(times), negative(rest)
        return (unbracketed(ratio([rest], [times])),)
    if degree == 2:
        a, b, c = (terms.get(power, ZERO) for power in (2, 1, 0))
        if b == ZERO:
            square = ratio([negative(c)], [a])
            return (Root(square), Negative(Root(square)))
        disc = Root(total([Power(grouped(b), TWO), negative(ratio([Number("4", Fraction(4)), a, c], []))]))
        below = [TWO, a]
        return (
            ratio([Bracket(total([negative(b), disc]))], below),
            ratio([Bracket(total([negative(b), Negative(disc)]))], below),
        )
    raise Unsupported(f"an equation of degree {degree}")


def _fraction(expr: Expr, name: str) -> tuple[Terms, Terms]:
    """Two polynomials in the symbol, with expressions for coefficients."""
    if name not in symbols(expr):
        return {0: expr}, {0: ONE}
    match expr:
        case Symbol():
            return {1: ONE}, {0: ONE}
        case Bracket(inner) | Positive(inner):
            return _fraction(inner, name)
        case Negative(inner):
            top, bottom = _fraction(inner, name)
            return {power: negative(c) for power, c in top.items()}, bottom
        case Sum(terms):
            top, bottom = _fraction(terms[0], name)
            for term in terms[1:]:
                over, under = _fraction(term, name)
                if under == bottom:
                    top = _sum(top, over, 1)
                else:
                    top, bottom = _sum(_times(top, under), _times(over, bottom), 1), _times(bottom, under)
            return top, bottom
        case Product(factors):
            top, bottom = {0: ONE}, {0: ONE}
            for factor in factors:
                over, under = _fraction(factor, name)
                top, bottom = _times(top, over), _times(bottom, under)
            return top, bottom
        case Quotient(above, below):
            (top, bottom), (over, under) = _fraction(above, name), _fraction(below, name)
            return _times(top, under), _times(bottom, over)
        case Power(base, exponent) if (times := whole(exponent)) is not None and 1 <= times <= 2:
            top, bottom = _fraction(base, name)
            return (top, bottom) if times == 1 else (_times(top, top), _times(bottom, bottom))
    raise Unsupported(f"the symbol within a {type(expr).__name__} and elsewhere")


def _times(a: Terms, b: Terms) -> Terms:
    if a == {0: ONE}:
        return b
    if b == {0: ONE}:
        return a
    found: dict[int, list[Expr]] = {}
    for i, one in a.items():
        for j, other in b.items():
            if ZERO not in (one, other):
                found.setdefault(i + j, []).append(ratio([one, other], []))
    return {power: total(terms) for power, terms in found.items()} or {0: ZERO}


def _sum(a: Terms, b: Terms, sign: int) -> Terms:
    powers = a.keys() | b.keys()
    return {p: total([a.get(p, ZERO), b.get(p, ZERO) if sign > 0 else negative(b.get(p, ZERO))]) for p in powers}


def with_numbers(expr: AnyNode, numbers: Mapping[str, Expr]) -> AnyNode:
    """Names or values for symbols, without brackets that printing would put anyway, and with a sign between factors."""
    change: Any = partial(with_numbers, numbers=numbers)
    found: Any = expr
    if isinstance(found, Symbol):
        found = numbers.get(found.name, found)
    else:
        found = rebuild(found, change)
        if isinstance(found, Product):
            found = replace(found, signs=("·",) * (len(found.factors) - 1))
        elif isinstance(found, Quotient) and isinstance(found.bottom, Quantity):
            found = replace(found, bottom=Bracket(found.bottom))
        elif isinstance(found, Power) and isinstance(found.base, Quantity | Negative | Degrees):
            found = replace(found, base=Bracket(found.base))
    put_in: AnyNode = found
    return put_in
