"""sin(x) = c -> x = asin(c)"""

from __future__ import annotations

from tutor.misconceptions.angles import factors_of, some_are_missing
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Statement


def fits(before: Statement, line: Statement) -> bool:
    """Whether angles are stated that solve a trigonometric equation, but not all between the given bounds."""
    return len(factors_of(before)) == 1 and some_are_missing(before, line)


RULE = Misconception("trig_equation_one_angle", fits=fits, size=9)
