"""f/g = 0 -> keep all roots of f = 0"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import at, difference, either, equation, rational, roots, sides, the_letter, value
from tutor.syntax.tree import Node, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The roots of the equation without denominators, one of which makes a denominator nought."""
    name = the_letter(line)
    if name is None or not equation(line):
        return
    for left, right, _ in sides(line):
        found = rational(difference(left, right), name)
        if found is None or len(found[1]) < 2:
            return
        gained = roots(found[0])
        if gained and any((v := value(g)) is not None and not at(found[1], v) for g in gained):
            yield either(name, gained)
        return


RULE = Misconception(
    "extraneous_root_from_denominator",
    wrong_forms=wrong_forms,
    keeps_value=True,
    size=10,
    final=True,
)
