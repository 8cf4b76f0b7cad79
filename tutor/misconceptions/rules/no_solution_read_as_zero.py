"""0*x = b -> x = 0"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ZERO
from tutor.misconceptions.terms import all_on_one_side, either, equation, number, the_letter
from tutor.syntax.tree import Node, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """x = 0, or x = b, where the unknown goes away from both sides."""
    name = the_letter(line)
    rest = all_on_one_side(line, name) if name is not None and equation(line) else None
    if name is not None and rest is not None and len(rest) < 2:
        yield either(name, [ZERO])
        if rest:
            yield either(name, [number(-rest[0])])
            yield either(name, [number(rest[0])])


RULE = Misconception("no_solution_read_as_zero", wrong_forms=wrong_forms, keeps_value=True, final=True)
