"""A wrong line comes with its cause, the change that mends it, and three hints that keep the answer to themselves."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import CheckedStep, Verdict

# problem, work, the cause of its first wrong line, the change that mends it
CASES = [
    ("Expand (x+3)^2", "(x+3)^2 = x^2 + 9", "square_of_sum_termwise", "With a term 6*x more this line would follow."),
    ("Solve 2x+3=7", "2x = 10\nx = 5", "sign_kept_when_moved", "With 4 in place of 10 this line would follow."),
    ("Simplify 3(x+4)-x", "3(x+4)-x\n= 3x+4-x", "distribute_first_term_only", "With 12 in place of 4 this line would"),
    ("Solve -2x<6", "x < -3", "inequality_not_flipped", ""),
    ("", "20% of 50 = 1000", "percent_sign_ignored", "With 10 in place of 1000 this line would follow."),
    ("", "2^3 * 2^4 = 2^12", "power_product_multiplies_exponents", "With 2^7 in place of 2^12 this line would follow."),
    ("", "45 * 6 = 240", None, "With 270 in place of 240 this line would follow."),
]


def first_wrong(problem: str, work: str) -> CheckedStep:
    posed = problem_from_statement(problem) if problem else None
    return next(step for step in check_work(work, posed) if step.verdict is Verdict.WRONG)


@pytest.mark.parametrize(("problem", "work", "cause", "mended"), CASES, ids=lambda v: str(v)[:24])
def test_a_wrong_line_has_its_cause_and_what_mends_it(problem: str, work: str, cause: str | None, mended: str) -> None:
    step = first_wrong(problem, work)
    assert step.misconception == cause
    assert step.repair.startswith(mended)


@pytest.mark.parametrize(("problem", "work", "cause", "mended"), CASES, ids=lambda v: str(v)[:24])
def test_three_hints_that_differ(problem: str, work: str, cause: str | None, mended: str) -> None:
    hints = first_wrong(problem, work).hints
    assert len(hints) == len(set(hints)) == 3


def test_no_hint_and_no_change_gives_the_answer_away() -> None:
    step = first_wrong("Solve 3x - 4 = 11", "3x = 15\nx = 3")
    assert step.hints
    assert all("5" not in text.replace("15", "") for text in (*step.hints, step.repair))


def test_right_lines_have_no_cause() -> None:
    steps = check_work("2x = 4\nx = 2", problem_from_statement("Solve 2x+3=7"))
    assert all(not (s.misconception or s.repair or s.hints) for s in steps)


MENDED = [
    # work, the change that mends its first wrong line, why this one
    ("36 · 24 = 36 · 20 + 36 · 4 = 720 + 124", "With 144 in place of 124", "720 is right"),
    ("3/4 - 1/6 = 9/12 - 1/12", "With 2 in place of 1", "9/12 is right"),
    ("7% of 300 = 0.7 · 300", "With 0.07 in place of 0.7", "the factor is wrong, and not the product"),
    ("sqrt(9 + 16) = 3 + 4", "With 5 in place of 3 + 4", "neither of the two numbers is the wrong one"),
    ("3/5 ÷ 2/7 = 5/3 · 2/7", "With 21/10 in place of 5/3*(2/7)", "a fraction among fractions"),
]


@pytest.mark.parametrize(("work", "mended", "why"), MENDED, ids=[r[2] for r in MENDED])
def test_what_is_right_is_left_as_it_stands(work: str, mended: str, why: str) -> None:
    assert first_wrong("", work).repair.startswith(mended), why


INVALID = [
    # problem, work whose step is none, the error, a word of its hints
    ("Solve (x + 3)(2 - x) = 4.", "x + 3 = 4 or 2 - x = 4\nx = 1 or x = -2", "product_equals_nonzero_split", "factors"),
    ("Solve log(x) + log(2) = log(4).", "log(x + 2) = log(4)\nx = 2", "log_of_sum_split", "logarithm"),
    ("Simplify 16/64.", "cancel the 6\n16/64 = 1/4", "cancel_shared_digits", "digit"),
]


@pytest.mark.parametrize(("problem", "work", "cause", "word"), INVALID, ids=[r[2] for r in INVALID])
def test_a_step_that_is_right_by_chance_has_the_hints_of_its_error(
    problem: str, work: str, cause: str, word: str
) -> None:
    step = first_wrong(problem, work)
    assert step.misconception == cause
    assert word in " ".join(step.hints)
    assert len(set(step.hints)) == 3
