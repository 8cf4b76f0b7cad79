"""Named functions of the catalogue's notation, worked out: median, mean, var, stdev, round, max, at, det, C(n, k)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb, factorial, perm
from typing import Any

from tutor.errors import StudentError, Unsupported
from tutor.misconceptions.numerals import decimal, folded, literal, numeral
from tutor.syntax.tree import (
    AnyNode,
    Call,
    Choose,
    Derivative,
    Evaluated,
    Expr,
    Factorial,
    Interval,
    Listing,
    Negative,
    Node,
    Root,
    SetOf,
    Sum,
    Symbol,
    Tuple,
    kinds,
    rebuild,
    substitute,
    symbols,
)

LARGEST = 60  # of n in n!
_HOLDERS = frozenset({Call, Choose, Factorial, Evaluated})


def spelt_out(node: AnyNode) -> AnyNode:
    """The tree with the values of named functions of numbers put in, and values at a point worked out."""
    if kinds(node).isdisjoint(_HOLDERS):
        return node
    return _spelt_out(node)  # type: ignore[return-value]


def _spelt_out(node: Node) -> Node:
    new: Node = rebuild(node, _spelt_out)
    match new:
        case Call("at", (body, Symbol(name), value)):
            return at_point(body, name, value)
        case Call("round", (number, places)) if (v := literal(folded(number))) is not None:
            shown = literal(places)
            return new if shown is None else rounded(v, int(shown))
        case Call(name, args, None, 0) if name in _OF_DATA and (data := data_of(args)):
            worked_out: Expr = _OF_DATA[name](data)
            return worked_out
        case Choose(n, k, ordered) if (a := _count(n)) is not None and (b := _count(k)) is not None:
            return numeral(perm(a, b) if ordered else comb(a, b))
        case Factorial(operand) if (a := _count(operand)) is not None:
            return numeral(factorial(a))
        case Evaluated(body, lower, upper, variable):
            names = {variable.name} if variable is not None else symbols(body)
            if len(names) == 1:
                (name,) = names
                return Sum((at_point(body, name, upper), Negative(at_point(body, name, lower))))
    return new


def _count(expr: Expr) -> int | None:
    value = literal(folded(expr))
    return int(value) if value is not None and value.denominator == 1 and 0 <= value <= LARGEST else None


def at_point(body: Expr, name: str, value: Expr) -> Expr:
    """The expression with a value for a letter; a derivative is taken first."""
    from tutor.bridge.derive import derivative

    if isinstance(body, Derivative):
        inner = body.operand
        try:
            for _ in range(body.order):
                inner = derivative(inner, name)
        except (StudentError, Unsupported):
            return Call("at", (body, Symbol(name), value))
        body = inner
    return substitute(body, {name: value})


def data_of(args: Sequence[Expr]) -> list[Fraction]:
    """The numbers of a list: `[7, 2, 9]`, `(7, 2, 9)`, `{7, 2, 9}`, or the arguments; empty where there are others."""
    found: Sequence[Expr] = args
    if len(args) == 1:
        match args[0]:
            case Tuple(items) | Listing(items) | SetOf(items):
                found = items
            case Interval(lower, upper):
                found = (lower, upper)
    values = [literal(folded(item)) for item in found]
    return [v for v in values if v is not None] if None not in values else []


def rounded(value: Fraction, places: int) -> Expr:
    """To so many decimals, a half up in size."""
    scaled = abs(value) * 10**places
    units = int(scaled + Fraction(1, 2))
    return decimal(-units if value < 0 else units, places)


def median(data: Sequence[Fraction]) -> Fraction:
    """The middle of the numbers in order, or the mean of the two in the middle."""
    ordered = sorted(data)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def squares(data: Sequence[Fraction]) -> Fraction:
    """The sum of the squares of the deviations from the mean."""
    mean = sum(data, Fraction(0)) / len(data)
    return sum(((v - mean) ** 2 for v in data), Fraction(0))


def sample_variance(data: Sequence[Fraction]) -> Fraction:
    """Divided by n - 1."""
    return squares(data) / (len(data) - 1) if len(data) > 1 else Fraction(0)


_OF_DATA: dict[str, Any] = {
    "median": lambda d: numeral(median(d)),
    "mean": lambda d: numeral(sum(d, Fraction(0)) / len(d)),
    "var": lambda d: numeral(sample_variance(d)),
    "stdev": lambda d: Root(numeral(sample_variance(d))),
    "max": lambda d: numeral(max(d)),
    "min": lambda d: numeral(min(d)),
}
