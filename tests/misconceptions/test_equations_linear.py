"""Linear equations and formulas: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.lines import causes, is_named

WRONG = [
    # before, the student's line, what led to it
    # Moves a number across '=' without changing its sign
    ("x + 9 = 15", "x = 24", "sign_kept_when_moved"),
    ("3x - 4 = 11", "3x = 11 - 4", "sign_kept_when_moved"),
    ("3x - 4 = 11", "3x = 7", "sign_kept_when_moved"),
    ("3x - 4 = 11", "x = 7/3", "sign_kept_when_moved"),
    ("y + 2x = 7", "y = 7 + 2x", "sign_kept_when_moved"),
    ("10x - 4 = 6x + 12", "4x = 8", "sign_kept_when_moved"),
    ("2x + 7 = 15", "2x = 22", "sign_kept_when_moved"),
    ("2x + 7 = 15", "x = 11", "sign_kept_when_moved"),
    ("8 = 2 - 3x", "10 = -3x", "sign_kept_when_moved"),
    ("x/3 - 2 = 4", "x/3 = 2", "sign_kept_when_moved"),
    ("y = mx + b", r"x = \frac{y+b}{m}", "sign_kept_when_moved"),
    ("x + 5 < 12", "x < 17", "sign_kept_when_moved"),
    (r"3x - 2 \ge 10", r"3x \ge 8", "sign_kept_when_moved"),
    ("0.4x + 1.5 = 3.1", "0.4x = 4.6", "sign_kept_when_moved"),
    ("a^2 + b^2 = c^2", "b^2 = c^2 + a^2", "sign_kept_when_moved"),
    ("2x + 3y = 7", r"y = \frac{7 + 2x}{3}", "sign_kept_when_moved"),
    ("x - 7 = -2", "x = -9", "sign_kept_when_moved"),
    # Moves a term with the unknown across '=' without changing its sign
    ("6x + 1 = 2x + 9", "8x + 1 = 9", "unknown_term_sign_kept"),
    ("10x - 4 = 6x + 12", "16x = 16", "unknown_term_sign_kept"),
    ("10x - 4 = 6x + 12", "16x - 4 = 12", "unknown_term_sign_kept"),
    ("ax = bx + c", r"x = \frac{c}{a + b}", "unknown_term_sign_kept"),
    ("4(x + 1) - 3 = 2x + 9", "6x = 8", "unknown_term_sign_kept"),
    ("4x + 1 = 2x + 9", "6x + 1 = 9", "unknown_term_sign_kept"),
    # Collects terms from both sides as if '=' were not there
    ("6x + 1 = 2x + 9", "8x = 10", "both_sides_collected_together"),
    ("5x + 3 > 2x - 9", "7x > -6", "both_sides_collected_together"),
    # Subtracts the coefficient instead of dividing by it
    ("7x = 21", "x = 14", "coefficient_subtracted"),
    ("7x = 21", "x = 28", "coefficient_subtracted"),
    ("-3x = 12", "x = 15", "coefficient_subtracted"),
    ("-6x = 18", "x = 24", "coefficient_subtracted"),
    ("4x < 20", "x < 16", "coefficient_subtracted"),
    ("1.5x = 6", "x = 4.5", "coefficient_subtracted"),
    # Divides the coefficient by the number instead of the reverse
    ("8x = 2", "x = 4", "divide_coefficient_upside_down"),
    ("-6x = 18", "x = -1/3", "divide_coefficient_upside_down"),
    # Changes the sign when dividing by the coefficient
    ("-5x = 20", "x = 4", "coefficient_sign_changed"),
    ("-6x = 18", "x = 3", "coefficient_sign_changed"),
    # Stops at -x and reads it as x
    ("-x = 11", "x = 11", "minus_left_on_unknown"),
    # Divides only one term of a side
    ("3x + 9 = 21", "x + 9 = 7", "divide_one_term_only"),
    ("3x + 9 = 21", "x = -2", "divide_one_term_only"),
    ("2x + 7 = 15", "x + 7 = 7.5", "divide_one_term_only"),
    # Clears a fraction without multiplying the other terms
    ("x/4 + 3 = 5", "x + 3 = 20", "multiply_one_term_only"),
    ("x/2 + x/3 = 5", "3x + 2x = 5", "multiply_one_term_only"),
    ("x/3 - 2 = 4", "x - 2 = 12", "multiply_one_term_only"),
    ("x/3 - 2 = 4", "x - 6 = 4", "multiply_one_term_only"),
    (r"\frac{x}{2}+\frac{x}{5}=7", "5x+2x=7", "multiply_one_term_only"),
    (r"s = u t + \frac{1}{2} a t^2", r"a = \frac{2s - ut}{t^2}", "multiply_one_term_only"),
    (r"\frac{x+1}{2} + \frac{x-1}{3} = 4", "3(x+1) + 2(x-1) = 4", "multiply_one_term_only"),
    (r"\frac{2}{x} = x - 1", "2 = x^2 - 1", "multiply_one_term_only"),
    (r"\frac{4}{x} + 3 = 5", "4 + 3 = 5x", "multiply_one_term_only"),
    # Changes one side and leaves the other as it was
    ("x + 8 = 20", "x = 20", "operation_on_one_side_only"),
    ("5x = 35", "x = 35", "operation_on_one_side_only"),
    (r"\sqrt{x+3} = 5", "x + 3 = 5", "operation_on_one_side_only"),
    ("e^{2x} = 7", "2x = 7", "operation_on_one_side_only"),
    (r"\ln(2x + 1) = 3", "2x + 1 = 3", "operation_on_one_side_only"),
    # Adds to one side what it takes from the other
    ("x + 6 = 14", "x + 6 - 6 = 14 + 6", "added_here_taken_there"),
    # Solves a - x = b as if it were x - a = b
    ("9 - x = 2", "x = -7", "subtracted_unknown_solved_as_added"),
    ("8 = 2 - 3x", "6 = 3x", "subtracted_unknown_solved_as_added"),
    ("8 = 2 - 3x", "x = 2", "subtracted_unknown_solved_as_added"),
    ("5 - 2x > 11", "2x > 6", "subtracted_unknown_solved_as_added"),
    ("5 - 3x = 11", "x = 2", "subtracted_unknown_solved_as_added"),
    ("-x + 4 = 9", "x = 5", "subtracted_unknown_solved_as_added"),
    # Divides again where the unknown is already divided
    ("x/5 = 10", "x = 2", "divided_unknown_divided_again"),
    ("x/3 > 4", "x > 4/3", "divided_unknown_divided_again"),
    # Multiplies through wrongly when the unknown is at the bottom
    ("20/x = 4", "x = 80", "unknown_in_denominator_multiplied"),
    (r"y = \frac{k}{x}", "x = ky", "unknown_in_denominator_multiplied"),
    # Moves a term out of a numerator before clearing the denominator
    ("(x + 5)/3 = 4", "x/3 = -1", "numerator_term_moved_first"),
    # Moves a term out of a bracket before dealing with its factor
    ("2(x + 7) = 30", "2x = 23", "bracket_term_moved_first"),
    # Multiplies top with top and bottom with bottom in a proportion
    ("x/3 = 5/7", "5x = 21", "cross_product_across"),
    (r"\frac{5}{x+1}=\frac{2}{3}", "10 = 3(x+1)", "cross_product_across"),
    (r"\frac{5}{x+1}=\frac{2}{3}", "5*2 = 3x + 3", "cross_product_across"),
    # Loses the unknown when the coefficient cancels
    ("6x/6 = 5/6", "1 = 5/6", "unknown_vanishes_on_division"),
    # Divides by the whole term and drops the unknown on the other side
    ("8x = 24", "x = 24/(8x)", "divide_whole_term_away"),
    # Divides only the last term when rearranging a formula
    ("v = u + a*t", "a = v - u/t", "rearrange_divides_last_term_only"),
    ("A = 2a + 3b", "b = A - 2a/3", "rearrange_divides_last_term_only"),
    (r"F = \frac{9}{5}C + 32", r"C = \frac{5}{9}F - 32", "rearrange_divides_last_term_only"),
    ("y = mx + b", "x = y - b/m", "rearrange_divides_last_term_only"),
    ("ax + b = c", r"x = \frac{c}{a} - b", "rearrange_divides_last_term_only"),
    ("ax + b = c", r"x = c - \frac{b}{a}", "rearrange_divides_last_term_only"),
    ("2x + 3y = 7", "y = 7 - 2x/3", "rearrange_divides_last_term_only"),
    # Reads a false or always true statement as x = 0
    ("4x + 1 = 4x + 6", "x = 0", "no_solution_read_as_zero"),
    # Thinks that x = 0 means no solution
    ("3x = 0", "no solution", "zero_solution_rejected"),
]

RIGHT = [
    ("4(x + 2) = 20", "x + 2 = 5"),
    ("4(x + 2) = 20", "4x = 12"),
    ("10 - (x + 4) = 3", "6 - x = 3"),
    ("3x - 4 = 11", "3x = 15"),
    ("3x - 4 = 11", "x = 5"),
    ("x/4 + 3 = 5", "x + 12 = 20"),
    ("9 - x = 2", "x = 7"),
    ("9 - x = 2", "-x = -7"),
    ("20/x = 4", "20 = 4x"),
    ("20/x = 4", "x = 5"),
    ("2/3 x = 8", "x = 12"),
    ("4x + 1 = 4x + 6", "no solution"),
    ("4x + 1 = 4x + 6", "1 = 6"),
    ("3x = 0", "x = 0"),
    ("2(x+1) = 2x + 2", "0 = 0"),
    ("v = u + a*t", "t = (v - u)/a"),
    ("A = 2a + 3b", "b = (A - 2a)/3"),
    ("a = 3; b = 4; c = sqrt(a^2 + b^2)", "c = 5"),
    ("7x - 3 = 2x + 12", "5x = 15"),
    ("7x - 3 = 2x + 12", "7x - 2x = 12 + 3"),
    ("x/3 = 5/7", "7x = 15"),
    ("x/3 = 5/7", "x = 15/7"),
    ("x/3 = 5/7", "x = 2.14"),
    ("0.5x + 1.2 = 3.7", "x = 5"),
]


@pytest.mark.parametrize(("before", "line", "cause"), WRONG)
def test_a_wrong_line_is_explained_by_the_error_that_a_teacher_would_name(before: str, line: str, cause: str):
    assert is_named(cause, causes(before, line)), causes(before, line)[:4]


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_a_right_line_is_accused_by_no_rule(before: str, line: str):
    assert causes(before, line) == []
