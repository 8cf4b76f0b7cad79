"""Lines of inequalities and intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.records import Verdict
from tutor.syntax.read import read
from tutor.verify.domains import decide
from tutor.verify.tasks import Relate, Setting


def relate(before, after):
    return decide(Relate(read(before), read(after), Setting())).evidence


RIGHT = [
    ("2x+1 >= 7", "x >= 3", "subtract and divide"),
    ("-2x < 6", "x > -3", "the sign turns"),
    ("x > 3", "3 < x", "sides swapped"),
    ("-1 < 2x+1 < 5", "-2 < 2x < 4", "in the middle of a chain"),
    ("|x-1| < 2", "-1 < x < 3", "an absolute value below a bound"),
    ("|x-1| > 2", "x < -1 or x > 3", "an absolute value above a bound"),
    ("x^2 < 4", "-2 < x < 2", "a square"),
    ("x^2 > 4", "x < -2 or x > 2", "a square, outside"),
    ("x^2 - 3x + 2 <= 0", "(x-1)(x-2) <= 0", "factoring"),
    ("x^2 - 3x + 2 <= 0", "1 <= x <= 2", "between the roots"),
    ("x^2 - 2 < 0", "-√2 < x < √2", "irrational ends"),
    ("x^2 - 2 < 0", "-1.41 < x < 1.41", "rounded ends"),
    ("3x < 2", "x < 0.67", "a rounded end"),
    ("1/x < 2", "x < 0 or x > 1/2", "a quotient"),
    ("(x-1)/(x+2) >= 0", "x < -2 or x >= 1", "the pole left out"),
    ("√x < 3", "0 <= x < 9", "a root with its domain"),
    ("√x < 3", "x < 9", "squaring may bring more"),
    ("2^x < 8", "x < 3", "an increasing function"),
    ("(1/2)^x < 8", "x > -3", "a decreasing function"),
    ("ln x > 0", "x > 1", "a logarithm"),
    ("-1 < x < 3", "x ∈ (-1, 3)", "an interval"),
    ("-1 <= x < 3", "x ∈ [-1, 3)", "a half open interval"),
    ("x > 2", "x > 1", "a weaker bound follows"),
    ("x < 2", "x <= 2", "a weaker sign follows"),
    ("2x + 3y < 6", "-2x - 3y > -6", "times -1 in two unknowns"),
    ("2x + 3y < 6", "y < 2 - 2x/3", "solved for y"),
    ("a < b", "b > a", "turned round"),
    ("x^2 + 1 > 0", "0 < x^2 + 1", "always true"),
]


@pytest.mark.parametrize(("before", "after", "why"), RIGHT)
def test_right_steps_are_right(before, after, why):
    assert relate(before, after).verdict is Verdict.CORRECT, why


WRONG = [
    ("-2x < 6", "x < -3", "the sign was not turned"),
    ("3 - x < 0", "x < 3", "the sign was turned the wrong way"),
    ("2x+1 >= 7", "x > 3", "the end point is lost"),
    ("|x-1| < 2", "-1 < x <= 3", "an end point too many"),
    ("|x-1| < 2", "x < 3", "one side of the absolute value"),
    ("|x-1| > 2", "x > 3", "one side only"),
    ("|x-1| > 2", "-1 < x < 3", "inside instead of outside"),
    ("x^2 < 4", "x < 2", "the lower bound forgotten"),
    ("x^2 > 4", "x > 2", "the negative side lost"),
    ("x^2 > 4", "x > ±2", "± in an inequality"),
    ("1/x < 2", "x > 1/2", "multiplied by x, which may be negative"),
    ("-1 < 2x+1 < 5", "-2 < 2x < 5", "one part of the chain forgotten"),
    ("(1/2)^x < 8", "x < -3", "a decreasing function"),
    ("3x < 2", "x < 0.5", "the wrong end"),
    ("x > 1", "x > 2", "stronger than what was known"),
    ("-1 < x < 3", "x ∈ [-1, 3)", "the wrong bracket"),
    ("2x + 3y < 6", "y > 2 - 2x/3", "the sign in two unknowns"),
    ("a < b", "-a < -b", "the sign was not turned"),
]


@pytest.mark.parametrize(("before", "after", "why"), WRONG)
def test_wrong_steps_are_wrong(before, after, why):
    assert relate(before, after).verdict is Verdict.WRONG, why


numbers = st.integers(-9, 9)


@given(numbers.filter(bool), numbers, numbers, numbers.filter(bool))
def test_multiplying_turns_the_sign_only_for_negative_numbers(a, b, c, k):
    before = f"{a}x + ({b}) < {c}"
    kept, turned = f"({k})({a}x + ({b})) < ({k})({c})", f"({k})({a}x + ({b})) > ({k})({c})"
    right, wrong = (kept, turned) if k > 0 else (turned, kept)
    assert relate(before, right).verdict is Verdict.CORRECT
    assert relate(before, wrong).verdict is Verdict.WRONG
