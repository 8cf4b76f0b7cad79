"""A right answer from an invalid method, or from errors that cancel, is told apart from a right derivation.

The wrong line stays wrong, with a witness, and the mark shows it though the answer is right. A step that skips too much
is correct or undecided, never wrong.
"""

from fractions import Fraction

import pytest

from tutor.pipeline import grade_submission
from tutor.problems import problem_from_object
from tutor.records import InvalidMethod, Submission, Verdict

SPLIT = ("Solve (x + 3)(2 - x) = 4.", "x = 1 or x = -2")
PRODUCT = ("Solve (x - 1)(x - 2) = 6.", "x = 4 or x = -1")
CANCEL = ("Simplify 16/64.", "1/4")
SQUARES = ("Simplify (x^2 - 4)/(x - 2).", "x + 2")
LINEAR = ("Solve 2x + 6 = 10.", "x = 2")
LOGS = ("Solve log(x) + log(2) = log(4).", "x = 2")
POWERS = ("Solve 2^x · 2^3 = 32.", "x = 2")
NOUGHT = ("Solve (x + 1)^3 = 1 for real x.", "x = 0")
ROOT = ("Solve √(x^2 + 9) = 3.", "x = 0")
HALVES = ("Work out 1/2 + 1/2.", "1")
AREA = ("Evaluate ∫_0^2 x dx.", "2")
MINUS = ("Work out 5 - (2 - 3).", "6")
PRICE = ("A price of £100 rises by 10% and then falls by 10%. What is it now?", "99")

WRONG_BUT_RIGHT_IN_THE_END = [
    # (problem, answer), work, the wrong lines from 0, why it is here
    (SPLIT, "x + 3 = 4 or 2 - x = 4\nx = 1 or x = -2", [0], "each factor set equal to the product"),
    (SPLIT, "(x+3)(2-x) = 4\nx+3 = 4, 2-x = 4\nx = 1, x = -2", [1], "with a comma for the or"),
    (SPLIT, "x + 3 = 4\nx = 1\n2 - x = 4\nx = -2", [0, 2], "the same error on two lines costs once"),
    (SPLIT, "4 = 2 - x or 4 = x + 3\nx = -2 or x = 1", [0], "sides and factors the other way round"),
    (("Solve x(5 - x) = 4.", "x = 1 or x = 4"), "x = 4 or 5 - x = 4\nx = 4 or x = 1", [0], "one factor is the unknown"),
    (CANCEL, "Cancel the 6: 16/64 = 1/4", [0], "a digit cancelled"),
    (("Simplify 19/95.", "1/5"), "cancel the nines\n19/95 = 1/5", [1], "said on the line before"),
    (("Simplify 26/65.", "2/5"), "I cross out the 6\n26/65 = 2/5", [1], "in other words"),
    (SQUARES, "(x^2-4)/(x-2) = x^2/x + 4/2 = x + 2", [0], "a quotient of sums, term by term"),
    (("Simplify (a^2 - b^2)/(a - b).", "a + b"), "(a^2-b^2)/(a-b) = a^2/a + b^2/b = a + b", [0], "the same in letters"),
    (LOGS, "log(x + 2) = log(4)\nx + 2 = 4\nx = 2", [0], "the logarithm of a sum; 2 + 2 = 2·2"),
    (NOUGHT, "x^3 + 1 = 1\nx^3 = 0\nx = 0", [0], "the power of a sum; the extra terms are nought at 0"),
    (ROOT, "x + 3 = 3\nx = 0", [0], "the root of a sum; 0 hides it"),
    (("Solve 2^(x + 1) = 4.", "x = 1"), "2^x + 2 = 4\n2^x = 2\nx = 1", [0], "a power of a sum, where 2·2 = 2 + 2"),
    (AREA, "∫_0^2 x dx = [x]_0^2 = 2", [0], "no antiderivative, and the same area"),
    (LINEAR, "2x = 16\n2x = 4\nx = 2", [0], "a slip taken back without a word"),
    (LINEAR, "2x = 16\nx = 2", [0], "two slips that cancel"),
    (LINEAR, "x + 6 = 5\nx = -1\nx = 2", [0], "the answer seems to be known"),
    (POWERS, "4^(x+3) = 32\nx = 2", [0], "bases multiplied, then ignored"),
    (MINUS, "5 - 2 - 3 = 6", [0], "the bracket lost, its result kept"),
    (MINUS, "5 - (2 - 3) = 5 - 1 = 6", [0], "a sign lost, and found again"),
    (HALVES, "1/2 + 1/2 = 2/4 = 1", [0], "tops and bottoms added, the right result beside them"),
    (("Solve √(x) + 3 = 5.", "x = 4"), "x + 9 = 25\nx = 16\nx = 4", [0], "squared term by term"),
]
RIGHT = [
    # (problem, answer), work, why it is here
    (SPLIT, "6 - x - x^2 = 4\nx^2 + x - 2 = 0\n(x - 1)(x + 2) = 0\nx = 1 or x = -2", "multiplied out"),
    (SPLIT, "x + 3 = 4 and 2 - x = 1, so x = 1\nx + 3 = 1 and 2 - x = 4, so x = -2", "pairs of factors of 4 tried"),
    (SPLIT, "x = 1 or x = -2", "steps left out"),
    (SPLIT, "x = 1: 4·1 = 4 ✓\nx = -2: 1·4 = 4 ✓", "tried out"),
    (PRODUCT, "(x - 4)(x + 1) = 0\nx = 4 or x = -1", "expanded in the head"),
    (PRODUCT, "x - 1 = 3 and x - 2 = 2, so x = 4\nx - 1 = -2 and x - 2 = -3, so x = -1", "pairs that differ by 1"),
    (
        ("Solve x(x + 1) = 6.", "x = 2 or x = -3"),
        "x = 2 because 2·3 = 6\nx = -3 because -3·-2 = 6",
        "values on two lines",
    ),
    (("Solve |x - 1| = 2.", "x = 3 or x = -1"), "x - 1 = 2 or x - 1 = -2\nx = 3 or x = -1", "an or that is right"),
    (
        ("Solve (x - 1)^2 = 4.", "x = 3 or x = -1"),
        "x - 1 = 2 or x - 1 = -2\nx = 3 or x = -1",
        "a square, not two factors",
    ),
    (CANCEL, "16/64 = 1/4", "how is not said"),
    (CANCEL, "cancel the 16: 16/64 = 1/4", "a factor cancelled"),
    (("Simplify 15/25.", "3/5"), "cancel the 5: 15/25 = 3/5", "a factor that is a digit as well"),
    (("Simplify 10/20.", "1/2"), "cancel the zeros: 10/20 = 1/2", "noughts at the end are a factor 10"),
    (SQUARES, "(x^2-4)/(x-2) = (x-2)(x+2)/(x-2) = x + 2", "factors cancelled"),
    (LOGS, "log(2x) = log(4)\n2x = 4\nx = 2", "the law of logarithms"),
    (POWERS, "2^(x+3) = 2^5\nx + 3 = 5\nx = 2", "the law of powers"),
    (("Solve √x + √9 = 5.", "x = 4"), "√x + 3 = 5\n√x = 2\nx = 4", "one side simplified"),
    (("Solve 3x = 12 - x.", "x = 3"), "4x = 12\nx = 3", "a term moved"),
    (("Solve 2x + 4 = 8.", "x = 2"), "x + 2 = 4\nx = 2", "divided by 2"),
    (NOUGHT, "x + 1 = 1\nx = 0", "the cube root"),
    (HALVES, "1/2 + 1/2 = 2/2 = 1", "as it should be"),
    (("Work out 2 + 2.", "4"), "2 + 2 = 2·2 = 4", "true, and a right rule for equal summands"),
    (AREA, "∫_0^2 x dx = [x^2/2]_0^2 = 2", "the antiderivative"),
    (AREA, "the triangle has the area 2·2/2 = 2", "another way"),
    (PRICE, "100·1.1 = 110\n110·0.9 = 99", "up and down do not cancel, rightly"),
]


def graded(posed, work):
    problem = problem_from_object({"id": "p", "statement": posed[0], "answer": posed[1], "marks": 3})
    return grade_submission(Submission("1", "a", "p", work), problem)


@pytest.mark.parametrize(
    ("posed", "work", "wrong", "why"), WRONG_BUT_RIGHT_IN_THE_END, ids=[c[-1] for c in WRONG_BUT_RIGHT_IN_THE_END]
)
def test_the_wrong_line_stays_wrong_though_the_answer_is_right(posed, work, wrong, why):
    report = graded(posed, work)
    assert [s.step.line for s in report.steps if s.verdict is Verdict.WRONG] == wrong, why
    assert report.answer is not None
    assert report.answer.correct, why
    assert report.mark.earned == Fraction(2), (why, report.mark.lost)


@pytest.mark.parametrize(("posed", "work", "why"), RIGHT, ids=[c[-1] for c in RIGHT])
def test_no_right_step_and_none_that_is_not_shown_is_held_against_anyone(posed, work, why):
    report = graded(posed, work)
    assert report.first_wrong is None, (why, [s.evidence for s in report.steps if s.verdict is Verdict.WRONG])
    assert report.mark.earned + report.mark.pending == 3, why


def test_the_witness_is_a_case_in_which_the_same_step_fails():
    report = graded(*WRONG_BUT_RIGHT_IN_THE_END[0][:2])
    evidence = report.steps[0].evidence
    assert isinstance(evidence, InvalidMethod)
    assert evidence.witness == (
        "By the same step (x + 3)(2 - x) = 5 would have the solution x = 2, where the product is 0"
    )
    assert report.steps[0].misconception == "product_equals_nonzero_split"


def test_a_scheme_gives_no_mark_to_an_invalid_method():
    problem = problem_from_object(
        {
            "statement": SPLIT[0],
            "answer": SPLIT[1],
            "scheme": ["M1: x^2 + x - 2 = 0", "M1: (x - 1)(x + 2) = 0", "A1: answer"],
        }
    )
    mark = grade_submission(Submission("1", "a", "p", "x + 3 = 4 or 2 - x = 4\nx = 1 or x = -2"), problem).mark
    assert mark.earned == 0
    assert mark.lost[-1][2] == "A1: it rests on M1, which is not earned"
