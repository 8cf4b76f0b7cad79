"""Where bare angles are in degrees, a letter that is given as 60° is that angle in cos C, too."""

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_object
from tutor.records import Verdict

CASES = [
    # statement, right work, why it is here
    (
        "Solve the triangle: a = 7, b = 8, angle C = 60°. Find c.",
        "c² = a² + b² - 2ab cos(C)\nc² = 49 + 64 - 56 = 57\nc = 7.55",
        "the cosine rule with its numbers",
    ),
    ("Find x, where C = 30° and x = 4 sin(C).", "x = 4 sin(30°)\nx = 2", "the angle put in with its sign"),
    ("Find x, where C = 30° and x = 4 sin(C).", "x = 4 sin(30)\nx = 2", "and without"),
    ("Find h if tan(A) = h/5 and A = 45°.", "h = 5 tan(A)\nh = 5 tan 45° = 5", "an equation to be turned round"),
    ("Find h if tan(A) = h/5 and A = 45°.", "A = 45°\nh = 5", "the angle restated"),
]


@pytest.mark.parametrize("unit", ["degree", "radian"])
@pytest.mark.parametrize(("statement", "work", "why"), CASES, ids=[c[-1] for c in CASES])
def test_a_given_angle_is_the_same_wherever_it_is_put(statement, work, why, unit):
    if unit == "radian" and "sin(30)" in work:
        pytest.skip("30 is no 30° there")
    problem = problem_from_object({"statement": statement, "angle_unit": unit})
    wrong = [step.evidence for step in check_work(work, problem) if step.verdict is Verdict.WRONG]
    assert wrong == [], why
