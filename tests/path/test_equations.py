from fractions import Fraction

import pytest

from tutor.path.equations import lead_to, solved
from tutor.reading import split_steps

SYSTEMS = [
    # work, what the unknowns come to, why it is here
    ("x + y = 10\nx - y = 4", {"x": 7, "y": 3}, "two unknowns"),
    ("R = 4B\nY = B + 7\nR + B + Y = 37\n6B + 7 = 37", {"B": 5, "R": 20, "Y": 12}, "three, and a line that follows"),
    ("x + y = 10\n2x + 2y = 20", {}, "one equation twice settles nothing"),
    ("x + y = 10\nx + y = 12", {}, "a contradiction"),
    ("x = 3\nx + y + z = 10", {"x": 3}, "one is settled, the others are not"),
    ("x^2 = 9", {}, "not linear"),
    ("x*y = 6\nx = 2", {}, "a product of unknowns"),
    ("6/x = 2", {}, "an unknown below the line"),
    ("20 + 5 = 25", {}, "no unknown"),
]


@pytest.mark.parametrize(("work", "values", "why"), SYSTEMS, ids=[s[-1] for s in SYSTEMS])
def test_equations_are_solved_together(work, values, why):
    assert solved(split_steps(work)) == {name: Fraction(v) for name, v in values.items()}, why


def test_equations_that_give_the_answer_are_right():
    steps = split_steps("x + y = 10\nx - y = 4")
    assert lead_to(steps, [Fraction(7)])
    assert not lead_to(steps, [Fraction(14)])
