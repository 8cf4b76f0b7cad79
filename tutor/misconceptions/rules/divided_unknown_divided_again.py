"""x/a = b -> x = b/a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated
from tutor.misconceptions.terms import sides
from tutor.syntax.tree import Negative, Node, Quotient, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The other side divided by the denominator."""
    for left, right, make in sides(line):
        match left:
            case Quotient(top, bottom) | Negative(Quotient(top, bottom)) if symbols(top) and not symbols(bottom):
                sign = isinstance(left, Negative)
                yield make(top, Quotient(negated(right) if sign else right, bottom))


RULE = Misconception("divided_unknown_divided_again", wrong_forms=wrong_forms, size=9)
