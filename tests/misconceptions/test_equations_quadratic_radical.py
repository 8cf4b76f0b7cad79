"""Quadratic and radical equations: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.lines import causes, is_named

WRONG = [
    # before, the student's line, what led to it
    # Divides by the unknown and loses a root
    ("x^2 = 5x", "x = 5", "divide_by_unknown_loses_root"),
    ("2x^2 = 8x", "2x = 8", "divide_by_unknown_loses_root"),
    ("x^2 - 5x = 0", "x - 5 = 0", "divide_by_unknown_loses_root"),
    ("x^2 - 5x = 0", "x = 5", "divide_by_unknown_loses_root"),
    ("6x^2 = 24x", "x = 4", "divide_by_unknown_loses_root"),
    ("x(x-2) = 3x", "x - 2 = 3", "divide_by_unknown_loses_root"),
    ("x^2 = 9x", "x = 9", "divide_by_unknown_loses_root"),
    (r"(\ln x)^2 = 4\ln x", r"\ln x = 4", "divide_by_unknown_loses_root"),
    # Forgets the root zero that comes from a single factor x
    ("x(x + 3) = 0", "x = -3", "root_zero_lost"),
    # Takes only the positive square root when solving
    ("x^2 = 49", "x = 7", "plus_minus_forgotten"),
    ("x^2 - 36 = 0", "x = 6", "plus_minus_forgotten"),
    ("(x + 2)^2 = 9", "x + 2 = 3", "plus_minus_forgotten"),
    ("(x + 2)^2 = 9", "x = 1", "plus_minus_forgotten"),
    ("3x^2 = 12", "x = 2", "plus_minus_forgotten"),
    ("x^2 = 20", r"x = \sqrt{20}", "plus_minus_forgotten"),
    ("2(x-1)^2 = 18", "x - 1 = 3", "plus_minus_forgotten"),
    ("(x - 3)^2 = 16", "x = 7", "plus_minus_forgotten"),
    ("x^2 + 6x + 9 = 25", "x + 3 = 5", "plus_minus_forgotten"),
    # Writes plus or minus for a cube root
    ("x^3 = 125", "x = ±5", "odd_root_given_plus_minus"),
    # Gives a real root although a square would be negative
    ("x^2 = -16", "x = 4 or x = -4", "square_equals_negative_solved"),
    ("x^2 + 9 = 0", "x = ±3", "square_equals_negative_solved"),
    # Splits a product that equals a number other than zero
    ("(x - 1)(x + 2) = 10", "x - 1 = 10 or x + 2 = 10", "product_equals_nonzero_split"),
    ("(x - 1)(x + 2) = 10", "x = 11 or x = 8", "product_equals_nonzero_split"),
    ("x(x+5)=6", "x = 6 or x = 1", "product_equals_nonzero_split"),
    ("x(x+5)=6", "x = 6 or x + 5 = 6", "product_equals_nonzero_split"),
    ("x^2 - 2x = 8", "x = 8 or x = 10", "product_equals_nonzero_split"),
    ("x(x - 2) = 8", "x = 8 or x = 10", "product_equals_nonzero_split"),
    # Reads the roots off the factors with the wrong signs
    ("(x - 4)(x + 3) = 0", "x = -4 or x = 3", "root_sign_not_reversed"),
    ("(x - 4)(x + 3) = 0", "x = -4, 3", "root_sign_not_reversed"),
    ("(x+5)(x-2)=0", "x = 5, x = -2", "root_sign_not_reversed"),
    ("(x+5)(x-2)=0", "x = 5 or x = 2", "root_sign_not_reversed"),
    # Ignores the coefficient of x when solving a factor
    ("(2x - 5)(x + 1) = 0", "x = 5 or x = -1", "factor_coefficient_ignored"),
    # Uses b instead of -b in the quadratic formula
    ("x^2 - 7x + 10 = 0", "x = (-7 ± sqrt(49 - 40))/2", "quadratic_formula_sign_of_b"),
    ("x^2 - 4x - 5 = 0", r"x = \frac{-4 \pm \sqrt{16+20}}{2}", "quadratic_formula_sign_of_b"),
    ("x^2 - 4x - 5 = 0", r"x = \frac{-4 \pm 6}{2}", "quadratic_formula_sign_of_b"),
    ("x^2 - 4x - 5 = 0", "x = -5 or x = 1", "quadratic_formula_sign_of_b"),
    ("x^2 - 10x + 21 = 0", "x = -3 or x = -7", "quadratic_formula_sign_of_b"),
    # Divides only the root by 2a in the quadratic formula
    ("x^2 - 7x + 10 = 0", "x = 7 ± sqrt(9)/2", "quadratic_formula_partial_division"),
    ("3x^2 - 5x + 1 = 0", r"x = 5 \pm \frac{\sqrt{13}}{6}", "quadratic_formula_partial_division"),
    # Divides by 2 instead of 2a in the quadratic formula
    ("2x^2 - 9x + 4 = 0", "x = (9 ± sqrt(49))/2", "quadratic_formula_a_left_out"),
    ("3x^2 - 5x + 1 = 0", r"x = \frac{5 \pm \sqrt{13}}{3}", "quadratic_formula_a_left_out"),
    ("3x^2 - 5x + 1 = 0", r"x = \frac{5 \pm \sqrt{13}}{2}", "quadratic_formula_a_left_out"),
    # Loses the sign of c in the discriminant
    ("x^2 + 2x - 8 = 0", "x = (-2 ± sqrt(4 - 32))/2", "discriminant_sign_of_c"),
    ("x^2 - 4x - 5 = 0", r"x = \frac{4 \pm \sqrt{16-20}}{2}", "discriminant_sign_of_c"),
    # Uses the quadratic formula before one side is zero
    ("x^2 + 6x = 7", "x = (-6 ± sqrt(36 - 28))/2", "formula_used_before_zero_side"),
    # Takes the root of an equation term by term
    ("x^2 + 16 = 25", "x + 4 = 5", "root_of_termwise_squares"),
    ("v^2 = u^2 + 2as", r"v = u + \sqrt{2as}", "root_of_termwise_squares"),
    ("c^2 = a^2 + b^2", "c = a + b", "root_of_termwise_squares"),
    # Squares an equation term by term
    ("sqrt(x) + 2 = 6", "x + 4 = 36", "sides_squared_termwise"),
    (r"\sqrt{x} + 3 = 7", "x + 9 = 49", "sides_squared_termwise"),
    # Keeps a root that squaring brought in
    ("sqrt(x + 12) = x", "x = 4 or x = -3", "extraneous_root_from_squaring"),
    (r"\sqrt{2x+15} = x", "x = 5, x = -3", "extraneous_root_from_squaring"),
    (r"\sqrt{3x + 1} = x - 1", "x = 0 or x = 5", "extraneous_root_from_squaring"),
    # Keeps a root that makes a denominator zero
    ("(x^2 - 4)/(x - 2) = 0", "x = 2 or x = -2", "extraneous_root_from_denominator"),
    (r"\frac{x^2}{x-3} = \frac{9}{x-3}", "x = ±3", "extraneous_root_from_denominator"),
    # Writes plus or minus for the value of a square root
    ("x = sqrt(25)", "x = ±5", "root_sign_given_twice"),
]

RIGHT = [
    ("(x+4)^2 = 25", "x + 4 = ±5"),
    ("(x+4)^2 = 25", "x = 1 or x = -9"),
    ("x^2 = 49", "x = ±7"),
    ("x^2 = 49", "x = 7 or x = -7"),
    ("x^2 = 49", "x = 7, -7"),
    ("x^2 - 7x + 10 = 0", "(x - 2)(x - 5) = 0"),
    ("x^2 - 7x + 10 = 0", "x = (7 ± sqrt(49 - 40))/2"),
    ("x^2 - 7x + 10 = 0", "x = (7 ± 3)/2"),
    ("x^2 - 7x + 10 = 0", "x = 5 or x = 2"),
    ("x^2 + 6x = 7", "x^2 + 6x - 7 = 0"),
    ("x^2 + 6x = 7", "(x + 3)^2 = 16"),
    ("sqrt(x + 12) = x", "x + 12 = x^2"),
    ("sqrt(x + 12) = x", "x = 4"),
    ("x^3 = 125", "x = 5"),
    ("x^2 = -16", "no solution"),
    ("x^2 + 16 = 25", "x^2 = 9"),
    ("(x^2 - 4)/(x - 2) = 0", "x = -2"),
    ("x^2 = 5x", "x^2 - 5x = 0"),
    ("x^2 = 5x", "x = 0 or x = 5"),
    ("x = sqrt(25)", "x = 5"),
]


@pytest.mark.parametrize(("before", "line", "cause"), WRONG)
def test_a_wrong_line_is_explained_by_the_error_that_a_teacher_would_name(before: str, line: str, cause: str):
    assert is_named(cause, causes(before, line)), causes(before, line)[:4]


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_a_right_line_is_accused_by_no_rule(before: str, line: str):
    assert causes(before, line) == []
