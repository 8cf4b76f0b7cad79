"""a*x + b -> a + b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, with_part
from tutor.misconceptions.terms import number, split, value
from tutor.syntax.tree import Chain, Expr, Negative, Node, Quotient, Statement, Sum, kinds, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """One term without its letter; the coefficient stays."""
    for place in places(line):
        for part in place.operands if isinstance(place, Chain) else place.terms if isinstance(place, Sum) else ():
            found, body = split(part)
            if symbols(body) and not isinstance(body, Sum) and abs(found) != 1:
                yield with_part(line, part, number(found))
            inner = part.operand if isinstance(part, Negative) else part
            if isinstance(inner, Quotient) and symbols(inner.top) and (bottom := value(inner.bottom)) is not None:
                sign = -1 if isinstance(part, Negative) else 1
                yield with_part(line, part, number(sign * bottom))
                yield with_part(line, part, number(sign * abs(bottom)))
    if isinstance(line, Expr) and Sum not in kinds(line) and symbols(line) and abs(split(line)[0]) != 1:
        yield number(split(line)[0])


RULE = Misconception("letter_lost", wrong_forms=wrong_forms, size=5)
