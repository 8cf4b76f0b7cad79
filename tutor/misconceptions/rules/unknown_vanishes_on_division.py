"""a*x/a = b -> 1 = b"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import number, sides, split, value
from tutor.syntax.tree import Negative, Node, Quotient, Statement, Sum, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A quotient of a multiple of the unknown becomes a number: 1, or what stood above or below."""
    for left, right, make in sides(line):
        found, body = split(left)
        inner = left.operand if isinstance(left, Negative) else left
        if not isinstance(inner, Quotient) or symbols(inner.bottom) or not symbols(inner.top) or not found:
            continue
        if isinstance(body, Sum):
            continue
        top, bottom = split(inner.top)[0], value(inner.bottom)
        for one in dict.fromkeys((Fraction(1), Fraction(-1), found, -found, top, -top, bottom)):
            if one is not None:
                yield make(number(one), right)


RULE = Misconception("unknown_vanishes_on_division", wrong_forms=wrong_forms)
