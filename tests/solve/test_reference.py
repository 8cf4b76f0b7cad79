"""A final answer judged from the statement alone."""

from __future__ import annotations

import pytest

from tutor.pipeline import assess
from tutor.problems import problem_from_statement
from tutor.records import NotTheAnswer, Verdict

SKIER = (
    "A skier slides from rest down a frictionless slope of height H = 40 m and length L = 80 m. "
    "Find the speed at the bottom."
)

CASES = [
    # final line, right (None: left open), why
    ("v = 28.0 m/s", True, "the answer"),
    ("v = 28 m/s", True, "to fewer figures"),
    ("v = 28.28 m/s", True, "with g = 10 m/s²"),
    ("v = 101 km/h", True, "in another unit"),
    ("v = 31 m/s", False, "another value"),
    ("t = 2.9 s", None, "another quantity may be a step on the way"),
]


@pytest.mark.parametrize(("line", "right", "why"), CASES)
def test_a_final_answer_is_compared_with_the_solved_one(line, right, why):
    _, answers = assess(line, problem_from_statement(SKIER))
    found = answers[0][1]
    assert (found.correct if found is not None else None) is right, why


def test_a_wrong_final_answer_does_not_give_the_right_one_away():
    checked, _ = assess("v = 31 m/s", problem_from_statement(SKIER))
    (wrong,) = (s.evidence for s in checked if s.verdict is Verdict.WRONG)
    if isinstance(wrong, NotTheAnswer):
        assert "28" not in wrong.witness


def test_mathematics_is_left_alone():
    _, answers = assess("2x = 4\nx = 2", problem_from_statement("Solve 2x + 3 = 7."))
    assert answers[0][1].correct is True
