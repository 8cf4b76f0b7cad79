"""x = (-b +- sqrt(D))/(2*a) -> x = (b +- sqrt(D))/(2*a)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, sum_of
from tutor.misconceptions.terms import all_on_one_side, either, equation, number, root_of, the_letter
from tutor.syntax.tree import Node, Quotient, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The formula with b for -b."""
    name = the_letter(line)
    found = all_on_one_side(line, name) if name is not None and equation(line) else None
    if name is not None and found is not None and len(found) == 3 and found[1]:
        c, b, a = found
        root = root_of(number(b * b - 4 * a * c))
        yield either(name, [Quotient(sum_of((number(b), s)), number(2 * a)) for s in (root, negated(root))])


RULE = Misconception("quadratic_formula_sign_of_b", wrong_forms=wrong_forms, size=12)
