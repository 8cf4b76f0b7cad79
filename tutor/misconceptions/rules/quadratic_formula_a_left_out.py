"""x = (-b +- sqrt(D))/(2*a) -> x = (-b +- sqrt(D))/2"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, sum_of
from tutor.misconceptions.terms import all_on_one_side, either, equation, number, root_of, the_letter
from tutor.syntax.tree import Node, Quotient, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Divided by 2, or by a, in place of 2a."""
    name = the_letter(line)
    found = all_on_one_side(line, name) if name is not None and equation(line) else None
    if name is not None and found is not None and len(found) == 3:
        c, b, a = found
        root = root_of(number(b * b - 4 * a * c))
        for by in (Fraction(2), a):
            if by != 2 * a and by != 1:
                yield either(name, [Quotient(sum_of((number(-b), s)), number(by)) for s in (root, negated(root))])


RULE = Misconception("quadratic_formula_a_left_out", wrong_forms=wrong_forms, size=7)
