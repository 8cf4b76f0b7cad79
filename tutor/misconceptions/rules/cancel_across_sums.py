"""(a*x + b*y)/(x + y) -> a + b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, sum_of, with_part
from tutor.syntax.tree import Node, Quotient, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """First term over first term and last over last, or the larger multiples paired."""
    for place in places(line):
        match place:
            case Quotient(Sum((a, b)), Sum((c, d))):
                for one, other in ((c, d), (d, c)):
                    yield with_part(line, place, sum_of((Quotient(a, one), Quotient(b, other))))
                    yield with_part(line, place, sum_of((Quotient(a, one), negated(Quotient(b, other)))))
                    yield with_part(line, place, Quotient(Quotient(a, one), Quotient(b, other)))


RULE = Misconception("cancel_across_sums", wrong_forms=wrong_forms, size=9)
