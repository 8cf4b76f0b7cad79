"""The final answer: where it is found, and in which of its forms."""

import pytest

from tutor.pipeline import assess
from tutor.problems import problem_from_object

ANSWERS = [
    # reference, work, the answer found, whether it is right, why
    ("x = 1/4", "x = 3/12\nx = 1/4", "x = 1/4", True, "equal values are one answer, in its last form"),
    ("x = 1 or x = -2", "x = 1\nx = -2", "x = 1 or x = -2", True, "values on lines of their own are one answer"),
    ("25%", "20/100 = 1/5\n20%", "20%", False, "a percentage alone on the last line"),
    ("12 km", "5 + 5 = 10\n10 km", "10 km", False, "a quantity alone on the last line"),
    ("12 km", "5 + 7 = 12\n12 km", "12 km", True, "the same, and right"),
    ("£40", "20 + 22\n£42", "£42", False, "money alone on the last line"),
    ("62", "u_20 = 5 + 19*3\n= 62", "u_20 = 62", True, "the value that the next line works out"),
    ("62", "u_20 = 5 + 20*3\n= 65", "u_20 = 65", False, "the same, and wrong"),
    (
        "y = 3x - 1",
        "y = 3x + c\n2 = 3 + c\nc = -1\ny = 3x - 1",
        "y = 3x - 1",
        True,
        "the letter that the reference gives",
    ),
    ("w = 5", "w(w+3) = 40\nw = -8 or w = 5\nw > 0, ∴ w = 5", "w = 5", True, "the solution that a condition leaves"),
]


@pytest.mark.parametrize(("reference", "work", "text", "right", "why"), ANSWERS, ids=[row[4] for row in ANSWERS])
def test_the_answer_is_found_and_compared(reference: str, work: str, text: str, right: bool, why: str) -> None:
    problem = problem_from_object({"statement": "Work it out.", "answer": reference})
    ((_, answer),) = assess(work, problem)[1]
    assert answer is not None
    assert (answer.text, answer.correct) == (text, right), why


TOLERANCES = [
    # reference, tolerance, work, whether it is right, why
    ("3.1", "0.05", "3.15", True, "the bound itself"),
    ("3.1", "0.05", "3.1500001", False, "past the bound"),
    ("3 m", "0.05", "300 cm", True, "the same in another unit"),
    ("3 m", "0.05", "304 cm", True, "within, in another unit"),
    ("3 m", "0.05", "306 cm", False, "outside, in another unit"),
    ("2.5 h", "0.1", "2 h 30 min", True, "hours and minutes"),
    ("4.4", "0.1", "√20", True, "an irrational number within"),
    ("4.4", "0.05", "√20", False, "an irrational number outside"),
    ("5", "0.1", "1/0", None, "no value"),
]


@pytest.mark.parametrize(("reference", "tolerance", "work", "right", "why"), TOLERANCES, ids=[r[4] for r in TOLERANCES])
def test_a_tolerance_is_in_the_unit_of_the_answer(
    reference: str, tolerance: str, work: str, right: bool | None, why: str
) -> None:
    problem = problem_from_object({"statement": "Work it out.", "answer": reference, "tolerance": tolerance})
    ((_, answer),) = assess(work, problem)[1]
    assert answer is not None
    assert answer.correct is right, why
