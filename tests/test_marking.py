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
