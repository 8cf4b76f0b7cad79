"""What explains a line by chance alone is not named, and what a rule does not say is not said of a line."""

from __future__ import annotations

import pytest

from tests.misconceptions.lines import causes

NOT_NAMED = [
    # before, the student's line, what is not to be said of it, why
    ("-2x > 8", "x > -4", "inequality_flipped_needlessly", "the divisor is negative"),
    ("7 - (2x - 5) = 4", "7 - 2x - 5 = 4", "second_sign_kept_after_negative_factor", "a minus is no factor"),
    ("5x + 3", "8x", "left_to_right_only", "nothing is worked out from the left"),
    ("2*3 + 1", "9", "left_to_right_only", "(1 + 2)*3 is from right to left"),
    ("0.20*101.9", "20.2", "rounding_by_cutting_off", "no one cuts off a number on the way"),
    ("1*4 + 2*(-5) + 3*6", "5", "operation_swapped", "one of many signs makes almost anything of a long line"),
    ("2x + 3 = 11", "2x = 4", "operation_on_one_side_only", "2x taken from the right side leaves no trace"),
]

FIRST = [
    # before, the student's line, what led to it
    ("7 - (2x - 5) = 4", "7 - 2x - 5 = 4", "minus_reaches_first_term_only"),
    ("log(x) + log(5) = 2", "log(x + 5) = 2", "log_of_sum_split"),
    ("sin(2x)/2", "sin(x)", "trig_argument_cancelled"),
]


@pytest.mark.parametrize(("before", "line", "cause", "why"), NOT_NAMED)
def test_an_error_is_not_named_where_it_was_not_made(before: str, line: str, cause: str, why: str) -> None:
    assert cause not in causes(before, line), why


@pytest.mark.parametrize(("before", "line", "cause"), FIRST)
def test_the_error_that_a_teacher_would_name_comes_first(before: str, line: str, cause: str) -> None:
    assert causes(before, line)[0] == cause


BY_VALUE_ALONE = [
    # before, the student's line, why no error explains it
    ("x/3 + 4 = 6", "x/3 + 4 = 14", "nothing was moved"),
    ("x^2 - 5x + 6 = 0", "(x - 2)(x - 3) = -2", "an equation without a solution is like all others without one"),
    ("u^2 - 5u + 4 = 0", "(u - 1)(u - 4) = 8", "the left side is right, and the right side no term of it"),
    ("e^(2x) - 3e^x + 2 = 0", "e^(2x) - 3e^x + 2 = -5", "no solution again"),
    ("-10x = 52", "-10x = -52", "nothing was divided"),
    ("2x^2 + 6x + x + 3 = 0", "x = -1/2 or x = -9", "two roots are not found through a slip in one term"),
]


@pytest.mark.parametrize(("before", "line", "why"), BY_VALUE_ALONE)
def test_the_same_solutions_alone_are_no_cause(before: str, line: str, why: str) -> None:
    assert causes(before, line) == [], why
