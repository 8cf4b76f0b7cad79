"""Inequalities, absolute values and systems: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.lines import causes, is_named

WRONG = [
    # before, the student's line, what led to it
    # Keeps the inequality sign when dividing by a negative number
    ("-3x < 12", "x < -4", "inequality_not_flipped"),
    ("-4x + 1 >= 9", "x >= -2", "inequality_not_flipped"),
    ("5 - 2x > 11", "x > -3", "inequality_not_flipped"),
    ("3 - x <= 7", "x <= -4", "inequality_not_flipped"),
    (r"-\frac{x}{2} \ge 3", r"x \ge -6", "inequality_not_flipped"),
    # Turns the inequality sign round although the divisor is positive
    ("4x > -8", "x < -2", "inequality_flipped_needlessly"),
    ("5 - 2x > 11", "-2x < 6", "inequality_flipped_needlessly"),
    # Drops or adds the 'or equal' part of an inequality
    ("3x <= 9", "x < 3", "inequality_boundary_changed"),
    # Takes the square root of an inequality as of an equation
    ("x^2 < 25", "x < 5", "square_inequality_rooted"),
    ("x^2 > 25", "x > ±5", "square_inequality_rooted"),
    (r"x^2 \le 16", r"x \le 4", "square_inequality_rooted"),
    ("x^2 > 9", "x > 3", "square_inequality_rooted"),
    # Splits a product inequality into the same inequality for each factor
    ("(x - 2)(x - 6) > 0", "x > 2 and x > 6", "inequality_product_split"),
    ("(x-1)(x+4) < 0", "x < 1 and x < -4", "inequality_product_split"),
    # Multiplies an inequality by the unknown as if it were positive
    ("3/x < 1", "3 < x", "inequality_times_unknown"),
    # Takes reciprocals in an inequality without turning it round
    ("1/x > 1/7", "x > 7", "reciprocal_inequality_not_flipped"),
    # Solves an absolute value equation for one sign only
    ("|x - 4| = 6", "x - 4 = 6", "abs_one_case"),
    ("|x - 4| = 6", "x = 10", "abs_one_case"),
    ("|x+3| = 8", "x = 5", "abs_one_case"),
    # Changes every minus inside absolute value bars into plus
    ("|x - 4| = 6", "x + 4 = 6", "abs_drops_every_minus"),
    # Solves an absolute value that equals a negative number
    ("|x| = -7", "x = ±7", "abs_equals_negative_solved"),
    # Writes a 'greater than' absolute value as a single interval
    ("|x| > 5", "-5 < x < 5", "abs_greater_as_between"),
    ("|2x+1| > 5", "-3 < x < 2", "abs_greater_as_between"),
    # Subtracts equations but adds one of the terms
    ("4x + 3y = 17; 4x - y = 5", "2y = 12", "elimination_sign_slip"),
    ("2x + y = 10; x - y = 2", "3x = 8", "elimination_sign_slip"),
    # Multiplies an equation of a system on the left side only
    ("x + y = 7; 3x - y = 1", "3x + 3y = 7; 3x - y = 1", "scaled_left_side_only"),
    ("3x + 2y = 8; x + y = 3", "3x + 3y = 3; 3x + 2y = 8", "scaled_left_side_only"),
    # Substitutes an expression into a system without brackets
    ("y = x - 3; 2x - 4y = 6", "2x - 4x - 3 = 6", "substituted_without_brackets_in_system"),
    ("y = 2x - 5; 3x - 2y = 4", "3x - 4x - 5 = 4", "substituted_without_brackets_in_system"),
    ("y = 2x - 5; 3x - 2y = 4", "3x - 4x - 10 = 4", "substituted_without_brackets_in_system"),
    # Splits one equation in two unknowns into two equations
    ("x + y = 9; x - y = 3", "x = 9; y = 3", "unknowns_set_equal_to_constant_each"),
    ("2x + 3y = 12; x - y = 1", "x = 12; y = 1", "unknowns_set_equal_to_constant_each"),
]

RIGHT = [
    ("-3x < 12", "x > -4"),
    ("-3x < 12", "3x > -12"),
    ("4x > -8", "x > -2"),
    ("3x <= 9", "x <= 3"),
    ("x + 4 > 9", "x > 5"),
    ("x^2 < 25", "-5 < x < 5"),
    ("x^2 > 25", "x < -5 or x > 5"),
    ("(x - 2)(x - 6) > 0", "x < 2 or x > 6"),
    ("|x - 4| = 6", "x - 4 = ±6"),
    ("|x - 4| = 6", "x = 10 or x = -2"),
    ("|x| > 5", "x < -5 or x > 5"),
    ("|x| = -7", "no solution"),
    ("4x + 3y = 17; 4x - y = 5", "4y = 12"),
    ("4x + 3y = 17; 4x - y = 5", "y = 3"),
    ("y = x - 3; 2x - 4y = 6", "2x - 4(x - 3) = 6"),
    ("x + y = 9; x - y = 3", "x = 6; y = 3"),
    ("x + y = 9; x - y = 3", "2x = 12"),
    ("x = 5; y = 3x^2", "y = 75"),
]


@pytest.mark.parametrize(("before", "line", "cause"), WRONG)
def test_a_wrong_line_is_explained_by_the_error_that_a_teacher_would_name(before: str, line: str, cause: str):
    assert is_named(cause, causes(before, line)), causes(before, line)[:4]


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_a_right_line_is_accused_by_no_rule(before: str, line: str):
    assert causes(before, line) == []
