"""a*x^2 + b*x = c -> the formula with c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, sum_of
from tutor.misconceptions.terms import either, equation, number, polynomial, root_of, sides, the_letter, value
from tutor.syntax.tree import Node, Quotient, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The formula, and factors, with the number on the right as if it stood on the left."""
    name = the_letter(line)
    if name is None or not equation(line):
        return
    for left, right, _ in sides(line):
        found, known = polynomial(left, name), value(right)
        if found is None or len(found) != 3 or not known:
            continue
        for c in dict.fromkeys((known, found[0] + known, found[0])):
            if c == found[0] - known or not c:
                continue
            b, a = found[1], found[2]
            root = root_of(number(b * b - 4 * a * c))
            yield either(name, [Quotient(sum_of((number(-b), s)), number(2 * a)) for s in (root, negated(root))])


RULE = Misconception("formula_used_before_zero_side", wrong_forms=wrong_forms, size=10)
