"""Whether a calculation in step notation comes out: numbers alone, exactly, and rounded as they are shown.

Not a verdict, which `verify` gives: it helps to tell which of several readings was meant. Most calculations that people
write down come out, and few that were misread do.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import isqrt

from tutor.errors import NotReadable, TooLarge
from tutor.syntax.hints import ReadHints
from tutor.syntax.read import read
from tutor.syntax.tree import (
    Bracket,
    Chain,
    Degrees,
    Expr,
    Mixed,
    Negative,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Sum,
    kinds,
)

MAX_EXPONENT = 12
_CLOSE = Fraction(1, 200)  # what counts as about equal
_PHYSICAL = ReadHints(physical=True)
_CALCULATES = (Sum, Product, Quotient, Power, Root)


@lru_cache(maxsize=4096)
def comes_out(line: str) -> bool | None:
    """Whether what a claim calculates comes out; None where it calculates nothing with numbers.

    >>> comes_out("12*6 = 72"), comes_out("12*6 = 71"), comes_out("15%*60 = 9"), comes_out("2/3 = 0.67")
    (True, False, True, True)
    >>> comes_out("2x = 4"), comes_out("90 min = 1.5 h"), comes_out("value: 3/8")
    (None, None, None)
    """
    try:
        found = read(line, _PHYSICAL)
    except (NotReadable, TooLarge):
        return None
    if not isinstance(found, Chain):
        return None
    answers = [
        _agree(left, right, relation)
        for left, right, relation in zip(found.operands, found.operands[1:], found.relations, strict=False)
        if relation in ("=", "≈")
    ]
    known = [answer for answer in answers if answer is not None]
    return all(known) if known else None


def _agree(left: Expr, right: Expr, relation: str) -> bool | None:
    if not any(isinstance(_bare(side), _CALCULATES) for side in (left, right)):
        return None
    one, other = _value(left), _value(right)
    if one is None or other is None:
        return None
    near = abs(one - other) <= _CLOSE * max(abs(one), abs(other))
    if one == other or _shown(one, other, right) or _shown(other, one, left) or (relation == "≈" and near):
        return True
    if isinstance(_bare(right), Percent) and one == 100 * other:
        return True  # 0.75*100 = 75%: the sign stands for "in percent"
    return None if any(Quantity in kinds(side) for side in (left, right)) else False  # units may have been converted


def _bare(node: Expr) -> Expr:
    while isinstance(node, Bracket | Positive | Negative):
        node = node.inner if isinstance(node, Bracket) else node.operand
    return node


def _shown(exact: Fraction, shown: Fraction, written: Expr) -> bool:
    """Whether a number is another one, rounded to the decimals that it shows."""
    node = _bare(written)
    if isinstance(node, Quantity):
        node = _bare(node.value)
    if not isinstance(node, Number) or node.places is None or not 0 < node.places < 12:
        return False
    return abs(exact - shown) <= Fraction(1, 2 * 10**node.places)


def _value(node: Expr) -> Fraction | None:
    """The number that an expression of numbers is, its units left out; None where it is none."""
    match node:
        case Number(value=value):
            return value
        case Mixed(whole, top, bottom):
            return whole.value + top.value / bottom.value if bottom.value else None
        case Bracket(inner):
            return _value(inner)
        case Positive(operand) | Degrees(operand):
            return _value(operand)
        case Negative(operand):
            inside = _value(operand)
            return None if inside is None else -inside
        case Percent(operand):
            inside = _value(operand)
            return None if inside is None else inside / 100
        case Quantity(value=amount):
            return _value(amount)
        case Sum(terms):
            return _together(terms, times=False)
        case Product(factors):
            return _together(factors, times=True)
        case Quotient(top, bottom):
            above, below = _value(top), _value(bottom)
            return above / below if above is not None and below else None
        case Power(base, exponent):
            return _power(_value(base), _value(exponent))
        case Root(radicand, None):
            return _root(_value(radicand))
        case _:
            return None


def _together(parts: tuple[Expr, ...], *, times: bool) -> Fraction | None:
    total = Fraction(1 if times else 0)
    for part in parts:
        value = _value(part)
        if value is None:
            return None
        total = total * value if times else total + value
    return total


def _power(base: Fraction | None, exponent: Fraction | None) -> Fraction | None:
    if base is None or exponent is None or exponent.denominator != 1 or abs(exponent) > MAX_EXPONENT:
        return None
    if base == 0 and exponent <= 0:
        return None
    return Fraction(base ** int(exponent))


def _root(value: Fraction | None) -> Fraction | None:
    """√a where it is rational."""
    if value is None or value < 0:
        return None
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(top, bottom) if top * top == value.numerator and bottom * bottom == value.denominator else None
