"""Whole pieces of work, line by line: what a teacher would say of each line, and why the row is here."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work, grade_submission
from tutor.problems import problem_from_statement
from tutor.records import Problem, Submission, Verdict

C, W, F, N, U, R = "correct", "wrong", "follow_through", "no_claim", "undecided", "unreadable"

# problem, work, verdict of each line, why
WORK = [
    # linear equations
    ("Solve 2x+3=7", "2x+3=7\n2x=4\nx=2", [N, C, C], "the plain road"),
    ("Solve 2x+3=7", "2x=4\nx=2", [C, C], "the first line follows from the problem"),
    ("Solve 2x+3=7", "2x=10\nx=5", [W, F], "an addition for a subtraction, then rightly on"),
    ("Solve 2x+3=7", "2x=10\nx=2", [W, C], "the last line follows from the problem after all"),
    ("Solve 2x+3=7", "2x=10\nx=4", [W, W], "two independent errors"),
    ("Solve 2(x+3)=8", "2x+3=8\n2x=5\nx=2.5", [W, F, F], "the bracket's second term forgotten"),
    ("Solve 3x=2", "x=2/3\nx=0.67", [C, C], "rounded to the figures shown"),
    ("Solve 3x=2", "x=0.66", [C], "cut off rather than rounded: a remark"),
    ("Solve 3x=2", "x=0.65", [W], "neither rounded nor cut off"),
    ("", "5x - 2 = 3x + 8\n2x - 2 = 8\n2x = 10\nx = 5", [N, C, C, C], "no statement: the first line is taken as given"),
    ("", "5x - 2 = 3x + 8\n8x - 2 = 8", [N, W], "a term moved without its sign"),
    ("Solve x/3 + 1 = 5", "x + 1 = 15\nx = 14", [W, F], "only one term multiplied"),
    ("Solve x/3 + 1 = 5", "x/3 = 4   | *3\nx = 12", [C, C], "an operation in the margin"),
    ("Solve 4 = x + 1", "3 = x", [C], "the unknown on the right"),
    ("Solve 2x = 2x + 5", "0 = 5\nno solution", [C, C], "false, and rightly so"),
    ("Solve 2x + 2 = 2(x+1)", "2x+2 = 2x+2\n0 = 0\nall real numbers", [C, C, C], "every number solves it"),
    ("", "2x + 40 = 40 + x\n3x = 40\nx = 10", [N, W, W], "from lines that contradict each other nothing follows"),
    # quadratic and other equations
    ("Solve x^2 = 9", "x = 3", [W], "the negative root lost"),
    ("Solve x^2 = 9", "x = 3 or x = -3", [C], "both roots"),
    ("Solve x^2 = 9", "x = ±3", [C], "both roots by the sign"),
    ("Solve x^2 - x - 2 = 0", "(x-2)(x+1)=0\nx-2=0\nx=2\nx+1=0\nx=-1", [C, C, C, C, C], "cases on lines of their own"),
    ("Solve x^2 - x - 2 = 0", "(x-2)(x+1)=0\nx=2, x=-1", [C, C], "both on one line"),
    ("Solve x^2 - x - 2 = 0", "(x+2)(x-1)=0\nx=-2 or x=1", [W, F], "signs of the factors exchanged"),
    ("Solve x^2 = 5x", "x = 5", [W], "divided by x"),
    (
        "Solve sqrt(x+6) = x",
        "x+6 = x^2\nx^2-x-6=0\n(x-3)(x+2)=0\nx=3 or x=-2\nx=3",
        [C, C, C, C, C],
        "an extra root shed",
    ),
    (
        "Solve (x+3)(2-x)=4",
        "x+3=4 or 2-x=4\nx=1 or x=-2",
        [W, C],
        "the solutions are the same, by a way that holds only by chance",
    ),
    ("Solve |x-1| = 3", "x-1 = 3 or x-1 = -3\nx = 4 or x = -2", [C, C], "both signs"),
    ("Solve 2^x = 8", "2^x = 2^3\nx = 3", [C, C], "equal bases"),
    ("Solve ln x = 2", "x = e^2", [C], "the logarithm undone"),
    ("Solve sin x = 1/2", "x = π/6 + 2πn or x = 5π/6 + 2πn", [C], "the full family"),
    # inequalities
    ("Solve -2x < 6", "x < -3", [W], "the sign not turned"),
    ("Solve -2x < 6", "x > -3", [C], "turned"),
    ("Solve |x-1| < 2", "-2 < x-1 < 2\n-1 < x < 3", [C, C], "a chain"),
    # systems
    ("Solve x+y=5, x-y=1", "2x=6\nx=3\ny=2", [C, C, C], "added, solved, put back"),
    ("Solve x+y=5, x-y=1", "2x=4\nx=2\ny=3", [W, F, F], "added wrongly, then rightly on"),
    # rewriting
    ("Expand (x+3)^2", "(x+3)^2 = x^2+6x+9", [C], "expanded"),
    ("Expand (x+3)^2", "(x+3)^2 = x^2+9", [W], "squared term by term"),
    ("Expand (x+3)^2", "x^2+9", [W], "the same without the left side"),
    ("Simplify (x^2-1)/(x-1)", "= (x-1)(x+1)/(x-1)\n= x+1", [C, C], "lines that begin with ="),
    ("Simplify 2(x+3) - (x-1)", "= 2x + 6 - x - 1\n= x + 5", [W, F], "a sign lost in the bracket"),
    # calculations in prose
    ("", "so she plants 280 * 3/4 = 210 tulips", [C], "among words"),
    ("", "so she plants 280 * 3/4 = 220 tulips", [W], "false"),
    ("", "20*3=60*2=120", [C], "run-on equals: a remark"),
    ("", "4+5 = 8\n8*2 = 16\n10-3 = 7", [W, F, C], "what uses the false sum follows through"),
    ("", "Total expenses in 2014 = 20 * 3", [U], "a year is no value"),
    ("", "Total = 5*3 = 15\nso the cost is 15*2 = $30", [C, C], "a name in words"),
    ("", "2/3 = 0.67", [C], "rounded"),
    ("", "1.25 hours = 75 minutes", [C], "units that convert"),
    ("", "x = 5 apples", [N], "nothing to hold it against"),
    ("", "36 km/h = 10 m/s", [C], "units that convert"),
    ("", "x ≥ 3 or x < -1\nx ∈ (-∞,-1) ∪ [3,∞)", [N, C], "half-open intervals"),
    ("", "v = u + at\nv = 5 + 2*3\nv = 11", [N, C, C], "numbers put into a formula"),
    ("", "c^2 = 3^2 + 4^2 = 25\nc = 5", [C, C], "a length is positive: a remark"),
    ("", "d/dx(x^3) = 3x^2", [C], "no letter d"),
    ("", "45 min + 30 min = 75 min", [C], "minutes, not the smallest of"),
    ("", "60/40 = 1.5 km/min", [C], "minutes below a bar"),
    ("Make r the subject of A = πr^2", "A/π = r^2\nr = √(A/π)", [C, C], "the positive root of a literal equation"),
    ("Prove that (1+tan^2 x) cos^2 x = 1", "LHS = cos^2 x + sin^2 x\n= 1 = RHS", [C, C], "sides by name"),
    ("Prove that (1+tan^2 x) cos^2 x = 1", "LHS = cos^2 x + tan^2 x\n= 1 = RHS", [W, U], "a factor forgotten"),
    # what must not be accused
    (
        "Twice as many hens as ducks, 36 in all. How many ducks?",
        "h = 2d\nh + d = 36\n3d = 36\nd = 12",
        [N, N, C, C],
        "set up from words",
    ),
    ("", "let x = number of apples\nlet y = 2x", [N, N], "definitions"),
    ("", "check: 2(2)+3 = 7 ✓", [C], "a check is a calculation"),
    ("", "no wait, 3+3 = 7 is wrong", [N], "taken back"),
]


@pytest.mark.parametrize(("problem", "work", "verdicts", "why"), WORK, ids=[f"{p}|{w}" for p, w, _, _ in WORK])
def test_each_line_gets_the_verdict_a_teacher_would_give(problem, work, verdicts, why):
    checked = check_work(work, problem_from_statement(problem) if problem else Problem())
    assert [str(s.verdict) for s in checked] == verdicts, why


HOSTILE = [
    "9^9^9^9",
    "10^8!",
    "(x+1)^100000",
    "(" * 10_000 + "1" + ")" * 10_000,
    "1+" * 200_000 + "1",
    "__import__('os').system('echo hello')",
    "х + 1 = 2",
    "2x\x00=4",
    "2x = 4\ufffd\ufffd",
    "x = " + "9" * 100_000,
    "x^100000 = 1",
    "sin(" * 300 + "x" + ")" * 300 + " = 0",
    "10^(10^(10^10)) = 1",
    "e^(e^(e^(e^9))) = 2",
    "100000000!/99999999! = 100000000",
    "sum_{k=1}^{10^12} k^k = 5",
]


@pytest.mark.parametrize("work", HOSTILE, ids=[h[:30] for h in HOSTILE])
def test_hostile_work_gets_a_verdict_and_the_next_line_is_still_judged(work):
    report = grade_submission(Submission("1", "s", "p", work + "\n2+2 = 4"), Problem())
    if report.steps:
        assert report.steps[-1].verdict == "correct"
    else:
        assert report.message
    assert all(s.verdict != "wrong" for s in report.steps)


def test_the_same_work_gives_the_same_report():
    work = "2x+3=7\n2x=10\nx=5\nso 5*3 = 15 = 16"
    first = grade_submission(Submission("1", "s", "p", work), problem_from_statement("Solve 2x+3=7"))
    second = grade_submission(Submission("1", "s", "p", work), problem_from_statement("Solve 2x+3=7"))
    assert [s.evidence for s in first.steps] == [s.evidence for s in second.steps]


def test_two_letters_that_differ_in_case_may_be_two_things():
    assert all(step.verdict is not Verdict.WRONG for step in check_work("m = 2\nM = 5"))
    slip = check_work("2x = 4\nX = 3", problem_from_statement("Solve 2x + 3 = 7"))
    assert [step.verdict for step in slip] == [Verdict.CORRECT, Verdict.WRONG]


ASKED_IN_WORDS = [
    # problem, work, right
    ("A car goes 100 m in 8 s. Find its speed v.", "v = 8/100 = 0.08 m/s", None),  # true, and not what was asked
    ("A shirt costs 40 euros, 15 % off. What is the new price?", "40 - 15 = 25", None),  # likewise
    ("A ball of mass 2 kg accelerates at 3 m/s^2. Find the force.", "F = 2*3 = 6 N", True),  # the laws say so
    ("Solve 2x = 4", "x = 2", True),  # the equation does
]


@pytest.mark.parametrize(("problem", "work", "right"), ASKED_IN_WORDS)
def test_an_answer_that_was_compared_with_nothing_is_left_open(problem, work, right):
    report = grade_submission(Submission("1", "s", "p", work), problem_from_statement(problem))
    assert report.answer is not None
    assert report.answer.correct is right
