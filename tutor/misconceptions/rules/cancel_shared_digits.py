"""(10*p + q)/(10*q + r) -> p/r"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, with_part
from tutor.misconceptions.terms import number
from tutor.syntax.tree import Node, Number, Quotient, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """One digit that stands above and below struck out of both numbers."""
    for place in places(line):
        match place:
            case Quotient(Number(text=above), Number(text=below)) if above.isdigit() and below.isdigit():
                for digit in sorted(set(above) & set(below)):
                    for i in (k for k, d in enumerate(above) if d == digit):
                        for j in (k for k, d in enumerate(below) if d == digit):
                            top, bottom = above[:i] + above[i + 1 :], below[:j] + below[j + 1 :]
                            if top and bottom and int(bottom):
                                yield with_part(line, place, Quotient(number(int(top)), number(int(bottom))))


RULE = Misconception("cancel_shared_digits", wrong_forms=wrong_forms, size=8)
