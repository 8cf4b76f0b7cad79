"""x = (-b +- sqrt(D))/(2*a) -> x = -b +- sqrt(D)/(2*a)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, sum_of
from tutor.misconceptions.terms import all_on_one_side, either, equation, number, root_of, the_letter
from tutor.syntax.tree import Node, Quotient, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Only the root, or only b, divided by 2a."""
    name = the_letter(line)
    found = all_on_one_side(line, name) if name is not None and equation(line) else None
    if name is not None and found is not None and len(found) == 3 and found[1]:
        c, b, a = found
        root = root_of(number(b * b - 4 * a * c))
        for s in (1, -1):
            for t in (1, -1):
                one = Quotient(root, number(2 * a * t))
                if s == 1:
                    yield either(name, [sum_of((number(-b * t), one)), sum_of((number(-b * t), negated(one)))])
        half = number(-b / (2 * a))
        yield either(name, [sum_of((half, root)), sum_of((half, negated(root)))])


RULE = Misconception("quadratic_formula_partial_division", wrong_forms=wrong_forms, size=7)
