"""b^2 - 4*a*(-c) -> b^2 - 4*a*c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, sum_of
from tutor.misconceptions.terms import all_on_one_side, either, equation, number, root_of, the_letter
from tutor.syntax.tree import Node, Quotient, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The formula with the product of a and c taken without its sign."""
    name = the_letter(line)
    found = all_on_one_side(line, name) if name is not None and equation(line) else None
    if name is not None and found is not None and len(found) == 3 and found[0] * found[2] < 0:
        c, b, a = found
        root = root_of(number(b * b + 4 * a * c))
        yield either(name, [Quotient(sum_of((number(-b), s)), number(2 * a)) for s in (root, negated(root))])


RULE = Misconception(
    "discriminant_sign_of_c",
    patterns=(
        "b^2 - 4*a*(-c) -> b^2 - 4*a*c",
        "b^2 - 4*(-c) -> b^2 - 4*c",
        "b^2 - 4*(-a)*c -> b^2 - 4*a*c",
    ),
    wrong_forms=wrong_forms,
    size=9,
)
