"""Factoring and algebraic fractions: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.lines import causes, is_named

WRONG = [
    # before, the student's line, what led to it
    # Cancels a term that is not a factor
    ("(x + 7)/7", "x", "cancel_term_in_sum"),
    (r"\frac{x+6}{6}", "x", "cancel_term_in_sum"),
    (r"\frac{x+3}{x}=5", "3=5", "cancel_term_in_sum"),
    (r"\frac{a + b}{b}", "a", "cancel_term_in_sum"),
    # Divides only one term of the top by the bottom
    ("(2x + 5)/2", "x + 5", "cancel_one_term_only"),
    ("(4x + 6)/2", "2x + 6", "cancel_one_term_only"),
    ("(x^2 + 3x)/x", "x + 3x", "cancel_one_term_only"),
    ("(6x + 4)/8 = 2", "(3x + 4)/4 = 2", "cancel_one_term_only"),
    (r"\frac{x^2+4x}{x}", "x^2 + 4", "cancel_one_term_only"),
    (r"\frac{6a+9b}{3}", "2a+9b", "cancel_one_term_only"),
    (r"\frac{3x + 6}{3}", "x + 6", "cancel_one_term_only"),
    (r"\frac{3x + 6}{3}", "3x + 2", "cancel_one_term_only"),
    # Simplifies a quotient of sums piece by piece
    ("(3x + 12)/(x + 4)", "3 + 3", "cancel_across_sums"),
    (r"\frac{x^2 + 6}{x + 3}", "x + 2", "cancel_across_sums"),
    # Splits a fraction over a sum in the denominator
    ("8/(x + 4)", "8/x + 2", "fraction_split_over_denominator"),
    # Adds reciprocals by adding the denominators
    ("1/x + 1/3", "1/(x + 3)", "reciprocals_added_as_reciprocal"),
    ("1/x + 1/3 = 2", "1/(x+3) = 2", "reciprocals_added_as_reciprocal"),
    (r"\frac{1}{x}+\frac{1}{4}=\frac{1}{2}", r"\frac{1}{x+4}=\frac{1}{2}", "reciprocals_added_as_reciprocal"),
    # Puts algebraic fractions over a common bottom without rescaling the tops
    ("3/x + 5/(x+2)", "8/(x(x+2))", "rational_sum_tops_not_rescaled"),
    # Minus before a fraction reaches only the first term of its top
    ("7/x - (x + 3)/x", "(7 - x + 3)/x", "minus_before_fraction_first_term_only"),
    (r"\frac{x+1}{2} - \frac{x-1}{3} = 1", "3x + 3 - 2x - 2 = 6", "minus_before_fraction_first_term_only"),
    # Cancels opposite differences to plus one
    ("(x - 5)/(5 - x)", "1", "opposite_factors_cancel_to_one"),
    ("(2x - 6)/(3 - x)", "2", "opposite_factors_cancel_to_one"),
    # Factors a difference of squares as the square of a difference
    ("x^2 - 25", "(x - 5)^2", "difference_of_squares_as_square"),
    ("9x^2 - 16 = 0", "(3x - 4)^2 = 0", "difference_of_squares_as_square"),
    # Factors a sum of squares over the real numbers
    ("x^2 + 49", "(x + 7)(x - 7)", "sum_of_squares_factored"),
    ("4x^2 + 9", "(2x + 3)^2", "sum_of_squares_factored"),
    # Swaps the signs of the two factors of a trinomial
    ("x^2 - 3x - 10 = 0", "(x + 5)(x - 2) = 0", "factor_signs_swapped"),
    ("x^2 + 5x - 6 = 0", "(x-6)(x+1) = 0", "factor_signs_swapped"),
    ("3x^2 + 2x - 1 = 0", "(3x + 1)(x - 1) = 0", "factor_signs_swapped"),
    ("6x^2 + x - 2 = 0", "(3x - 2)(2x + 1) = 0", "factor_signs_swapped"),
    ("x^2 - 10x + 21 = 0", "(x + 3)(x + 7) = 0", "factor_signs_swapped"),
    # Chooses factors that fit the product but not the sum
    ("x^2 + 7x + 12", "(x + 2)(x + 6)", "factor_numbers_wrong_sum"),
    ("x^2 + 7x + 12 = 0", "(x + 1)(x + 12) = 0", "factor_numbers_wrong_sum"),
    ("x^2 + 7x + 12 = 0", "x = -2 or x = -6", "factor_numbers_wrong_sum"),
    ("x^2 + 5x - 6 = 0", "(x+3)(x-2) = 0", "factor_numbers_wrong_sum"),
    ("2x^2 + 7x + 3 = 0", "(2x + 3)(x + 1) = 0", "factor_numbers_wrong_sum"),
    ("x^2 + 12x + 20", "(x + 4)(x + 5)", "factor_numbers_wrong_sum"),
    ("x^2 - 9x + 20 = 0", "(x - 2)(x - 10) = 0", "factor_numbers_wrong_sum"),
    # Leaves nothing behind when a whole term is factored out
    ("5x + 5", "5x", "common_factor_leaves_nothing"),
    # Takes a common factor out of one term only
    ("8x + 12", "4(2x + 12)", "common_factor_from_one_term"),
    ("x^2 + 6x", "x(x + 6x)", "common_factor_from_one_term"),
    # Takes a factor out of a squared bracket without squaring it
    ("(3x + 9)^2", "3(x + 3)^2", "factor_out_of_square_once"),
    # Completes the square without taking the added number away again
    ("x^2 + 8x", "(x + 4)^2", "completing_square_not_balanced"),
    ("x^2 + 8x = 9", "(x + 4)^2 = 9", "completing_square_not_balanced"),
    ("x^2 + 8x + 3", "(x + 4)^2 + 3", "completing_square_not_balanced"),
    # Uses the whole x coefficient when completing the square
    ("x^2 + 4x = 5", "(x + 4)^2 = 21", "completing_square_half_missed"),
]

RIGHT = [
    ("x^2 - 25", "(x - 5)(x + 5)"),
    ("x^2 + 8x + 3", "(x + 4)^2 - 13"),
    ("8x + 12", "4(2x + 3)"),
    ("(x - 5)/(5 - x)", "-1"),
    ("(4x + 6)/2", "2x + 3"),
    ("3/x + 5/(x+2)", "(3(x+2) + 5x)/(x(x+2))"),
]


@pytest.mark.parametrize(("before", "line", "cause"), WRONG)
def test_a_wrong_line_is_explained_by_the_error_that_a_teacher_would_name(before: str, line: str, cause: str):
    assert is_named(cause, causes(before, line)), causes(before, line)[:4]


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_a_right_line_is_accused_by_no_rule(before: str, line: str):
    assert causes(before, line) == []
