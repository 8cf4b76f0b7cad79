"""x^2 + 2*p*x -> (x + p)^2"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.misconceptions.terms import number, partial_sums, polynomial, sides, terms, the_letter, times
from tutor.syntax.tree import Expr, Node, Power, Statement, Symbol


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The square that begins so, its last number neither taken away again nor given to the other side."""
    for place in places(line):
        for part, beside in partial_sums(place):
            name = the_letter(part)
            found = polynomial(part, name) if name is not None else None
            if name is None or found is None or len(found) != 3 or not found[1]:
                continue
            half = found[1] / (2 * found[2])
            square = times(found[2], Power(sum_of((Symbol(name), number(half))), number(2)))
            yield with_part(line, place, beside(sum_of((square, number(found[0])))))
            yield with_part(line, place, beside(sum_of((square, number(found[0] + found[2] * half * half)))))
            if part is place:
                yield from alone(line, place, square, found[0])


def alone(line: Statement, place: Node, square: Expr, rest: Fraction) -> Iterator[Node]:
    """The square alone on its side, the number of the sum brought over."""
    for left, right, make in sides(line):
        if left is place and rest:
            yield make(square, sum_of((*terms(right), number(-rest))))


RULE = Misconception("completing_square_not_balanced", wrong_forms=wrong_forms, size=10)
