"""round(n.pq to one decimal) -> n.p"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.comparing import value_at
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import decimal, literal, value_of
from tutor.misconceptions.patterns import with_part
from tutor.syntax.tree import Call, Chain, Expr, Node, Number, Quotient, Root, Statement, symbols

MOST_DECIMALS = 4


def local(expr: Expr) -> Iterator[Expr]:
    """2.678 -> 2.67, 2.6, 2: cut off at a place where it would be rounded up"""
    match expr:
        case Call("round", (number, places)) if (shown := literal(places)) is not None:
            value = value_of(number)
            if value is not None:
                yield cut(value, int(shown))
        case Number() | Quotient() | Root() if (value := known(expr)) is not None and value > 0:
            for kept in range(MOST_DECIMALS + 1):
                size = value * 10**kept
                if size - int(size) >= Fraction(1, 2) and int(size):
                    yield cut(value, kept)


def known(expr: Expr) -> Fraction | None:
    """The value of a calculation, of roots and pi as near as needed."""
    exact = value_of(expr)
    if exact is not None or symbols(expr):
        return exact
    found = value_at(expr, None)
    return None if found is None else Fraction(found)


def cut(value: Fraction, places: int) -> Expr:
    """The digits up to that place."""
    units = int(abs(value) * 10**places)
    return decimal(-units if value < 0 else units, places)


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A result cut off: an expression as a whole, or a side; no number on the way to another."""
    for place in line.operands if isinstance(line, Chain) else (line,):
        for new in local(place) if isinstance(place, Expr) else ():
            yield with_part(line, place, new)


RULE = Misconception(id="rounding_by_cutting_off", wrong_forms=wrong_forms, size=5)
