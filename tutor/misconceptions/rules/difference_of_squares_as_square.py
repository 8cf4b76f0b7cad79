"""a^2 - b^2 -> (a - b)^2"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, sum_of, with_part
from tutor.misconceptions.terms import number, partial_sums, root_of
from tutor.syntax.tree import Negative, Node, Power, Root, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The square of the difference of the roots."""
    for place in places(line):
        for part, beside in partial_sums(place):
            for one, other in (part.terms, part.terms[::-1]) if len(part.terms) == 2 and symbols(part) else ():
                if isinstance(other, Negative) and not isinstance(one, Negative):
                    a, b = root_of(one), root_of(other.operand)
                    if not isinstance(a, Root) and not isinstance(b, Root):
                        yield with_part(line, place, beside(Power(sum_of((a, negated(b))), number(2))))


RULE = Misconception("difference_of_squares_as_square", wrong_forms=wrong_forms, size=9)
