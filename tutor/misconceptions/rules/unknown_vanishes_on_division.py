"""a*x/a = b -> 1 = b"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import number, sides, split, value
from tutor.syntax.tree import Negative, Node, Quotient, Statement, Sum, symbols, walk


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A quotient of a multiple of the unknown becomes a number: 1, or what stood above or below."""
    for left, right, make in sides(line):
        found, body = split(left)
        inner = left.operand if isinstance(left, Negative) else left
        divided = [n for n in walk(inner) if isinstance(n, Quotient) and value(n.bottom) is not None]
        if not divided or not symbols(left) or not found:
            continue
        gained = [Fraction(1), Fraction(-1), found, -found]
        for part in divided if not isinstance(body, Sum) else ():
            top, bottom = split(part.top)[0], value(part.bottom) or Fraction(1)
            gained.extend((top, -top, bottom, -bottom, bottom * bottom))
        for one in dict.fromkeys(gained):
            yield make(number(one), right)


RULE = Misconception("unknown_vanishes_on_division", wrong_forms=wrong_forms)
