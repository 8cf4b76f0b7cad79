"""What costs a mark, and what does not."""

from fractions import Fraction

import pytest

from tutor.pipeline import grade_submission
from tutor.problems import problem_from_object
from tutor.records import Submission

SHARE = {
    "id": "share",
    "statement": "Anna and Ben share £84 in the ratio 3 to 4.",
    "parts": [
        {"id": "a", "statement": "How much does Anna get?", "answer": "£36", "marks": 2},
        {"id": "b", "statement": "How much does Ben get?", "answer": "£48", "marks": 1},
    ],
}
SOLVE = {"id": "solve", "statement": "Solve 3x + 4 = 19.", "answer": "x = 5", "marks": 3}

CASES = [
    # problem, work, earned, pending, why it is here
    (SOLVE, "3x = 15\nx = 5", "3", "0", "all right"),
    (SOLVE, "3x = 14\nx = 14/3", "2", "0", "one mistake costs one mark, what follows from it costs nothing"),
    (SOLVE, "3x = 23\n3x = 22\nx = 22/3", "1", "0", "two mistakes that have nothing to do with each other"),
    (SOLVE, "x = 5", "3", "0", "an answer alone earns all where no working is asked for"),
    (SOLVE, "", "0", "0", "blank"),
    (SOLVE, "x = 4", "0", "0", "a wrong answer and nothing else"),
    (SHARE, "(a) 84/7 = 12\n3*12 = 36\n(b) 84 - 36 = 48", "3", "0", "both parts right"),
    (SHARE, "(a) 84/7 = 14\n3*14 = 42\n(b) 84 - 42 = 42", "2", "0", "part (b) carries on from the mistake in part (a)"),
    (SHARE, "(a) 84/7 = 12\n3*12 = 36\n(b) 84 - 36 = 58", "2", "0", "a mistake in part (b) costs its mark"),
]


@pytest.mark.parametrize(("problem", "work", "earned", "pending", "why"), CASES, ids=[c[-1] for c in CASES])
def test_marks(problem, work, earned, pending, why):
    posed = problem_from_object(problem)
    mark = grade_submission(Submission("1", "a", posed.id, work), posed).mark
    assert (mark.earned, mark.pending) == (Fraction(earned), Fraction(pending)), (why, mark.lost)


BRIDGE = {
    "id": "bridge",
    "statement": "A stone falls from a bridge of height 31 m. Use g = 9.81 m/s². What is its speed at the water?",
    "answer": "24.7 m/s",
    "tolerance": 0.1,
    "marks": 3,
}
PURSUIT = {
    "id": "pursuit",
    "statement": "A motorcycle passes a police car at a constant 25 m/s. At that moment the police car, which was at "
    "rest, starts after it with a constant acceleration of 4.0 m/s². After what time has it caught up?",
    "answer": "12.5 s",
    "tolerance": 0.1,
    "marks": 4,
}
ON_ONE_LINE = [
    (BRIDGE, "v = sqrt(2gh) = sqrt(2*9.81*31) = 24.7 m/s", "3", "0", "right, on one line"),
    (BRIDGE, "v = sqrt(2gh) = sqrt(2*9.81*13) = 16.0 m/s", "2", "0", "law and numbers are shown: one error, one mark"),
    (BRIDGE, "v = sqrt(2*9.81*13) = 16.0 m/s", "2", "0", "the numbers put in are working too"),
    (BRIDGE, "v = 16.0 m/s", "0", "0", "a wrong value and nothing else"),
    (BRIDGE, "v = 1600 cm/s = 16.0 m/s", "0", "0", "a wrong value in two units is still no working"),
    (SOLVE, "x = 1/2 = 0.5", "0", "0", "a wrong fraction and its decimal are no working"),
    (PURSUIT, "25 = 4t\nt = 6.25 s", "3", "0", "the equation that was set up is working, though not the problem's"),
]


@pytest.mark.parametrize(("problem", "work", "earned", "pending", "why"), ON_ONE_LINE, ids=[c[-1] for c in ON_ONE_LINE])
def test_working_on_the_line_of_the_answer_is_working(problem, work, earned, pending, why):
    test_marks(problem, work, earned, pending, why)


def test_a_remark_that_counts_as_an_error_costs_once():
    posed = problem_from_object({**BRIDGE, "strict_remarks": ["unit_missing"]})
    work = "v = sqrt(2*9.81*31) = 24.7"
    assert grade_submission(Submission("1", "a", "bridge", work), posed).mark.earned == 2
    assert grade_submission(Submission("1", "a", "bridge", f"{work}\nv = 24.7"), posed).mark.earned == 2
    assert grade_submission(Submission("1", "a", "bridge", work), problem_from_object(BRIDGE)).mark.earned == 3
