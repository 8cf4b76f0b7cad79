"""a*x = 0 -> no solution"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import all_on_one_side, equation, the_letter
from tutor.syntax.tree import Node, NoSolution, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """No solution, where the one solution is 0."""
    name = the_letter(line)
    rest = all_on_one_side(line, name) if name is not None and equation(line) else None
    if rest is not None and len(rest) == 2 and not rest[0]:
        yield NoSolution()


RULE = Misconception("zero_solution_rejected", wrong_forms=wrong_forms)
