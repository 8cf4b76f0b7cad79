"""x^2 + b*x -> (x + b)^2 - b^2"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.misconceptions.terms import number, partial_sums, polynomial, sides, terms, the_letter, times
from tutor.syntax.tree import Node, Power, Statement, Symbol


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The whole coefficient of x in the square, with its square taken away, or not."""
    for place in places(line):
        for part, beside in partial_sums(place):
            name = the_letter(part)
            found = polynomial(part, name) if name is not None else None
            if name is None or found is None or len(found) != 3 or not found[1]:
                continue
            whole = found[1] / found[2]
            square = times(found[2], Power(sum_of((Symbol(name), number(whole))), number(2)))
            for rest in (whole * whole * found[2], whole * whole * found[2] / 4, Fraction(0)):
                yield with_part(line, place, beside(sum_of((square, number(found[0] - rest)))))
                for left, right, make in sides(line):
                    if left is part:
                        yield make(square, sum_of((*terms(right), number(rest - found[0]))))


RULE = Misconception("completing_square_half_missed", wrong_forms=wrong_forms, size=9)
