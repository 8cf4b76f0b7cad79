"""Two solutions that were found, and the value that the work goes on with: one of the two, or something else."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import Verdict

DIVER = "A diver leaves a board 5.0 m above the water with 4.0 m/s upwards. After what time does she reach the water?"
EQUATION = "(4.9 m/s^2) t^2 - (4.0 m/s) t - (5.0 m) = 0\n"
BOTH = "The equation has two solutions t = 1.50 and t = -0.68. We discard the negative one. "

# what follows the equation, line, why
WRONG = [
    (BOTH + "The time is t = -1.50 s.", 1, "the sign of the time"),
    (BOTH + "Therefore,\nt = 0.75 s", 2, "half of the one chosen"),
    (BOTH + "Therefore,\nt = 15.0 s", 2, "a decimal point lost"),
    ("The equation has two solutions t = 1.50 and t = -6.80. We discard the negative one.", 1, "no solution of it"),
    ("The equation has two solutions t = 0.75 and t = -0.68. We discard the negative one.", 1, "half of a solution"),
]
RIGHT = [
    (BOTH + "The time is t = 1.50 s.", "the one that is kept"),
    (BOTH + "Therefore,\nt = 1.5 s", "a figure less"),
    (BOTH + "Therefore,\nt = 1500 ms", "another unit"),
    (BOTH + "The highest point lies between them, therefore\nt = 0.41 s", "the time of something else"),
    (BOTH + "She would have been there t = 0.68 s before.", "a time that is told without its sign"),
    (BOTH + "So half of it is\nt = 0.75 s", "half of it, as is said"),
]


@pytest.mark.parametrize(("work", "line", "why"), WRONG, ids=[r[2] for r in WRONG])
def test_a_value_that_is_neither_of_the_two_is_wrong(work: str, line: int, why: str) -> None:
    steps = check_work(EQUATION + work, problem_from_statement(DIVER))
    assert [s.step.line for s in steps if s.verdict is Verdict.WRONG][:1] == [line], why


@pytest.mark.parametrize(("work", "why"), RIGHT, ids=[r[1] for r in RIGHT])
def test_one_of_them_or_something_else_is_left_alone(work: str, why: str) -> None:
    steps = check_work(EQUATION + work, problem_from_statement(DIVER))
    assert all(s.verdict is not Verdict.WRONG for s in steps), why
