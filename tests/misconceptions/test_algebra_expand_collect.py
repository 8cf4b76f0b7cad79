"""Expanding and collecting: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.lines import causes, is_named

WRONG = [
    # before, the student's line, what led to it
    # Squares a sum term by term
    ("(x + 7)^2", "x^2 + 49", "square_of_sum_termwise"),
    ("(2a + 3b)^2", "4a^2 + 9b^2", "square_of_sum_termwise"),
    ("(x+4)^2 = 25", "x^2 + 16 = 25", "square_of_sum_termwise"),
    ("(x+4)^2 = 25", "x^2 = 9", "square_of_sum_termwise"),
    ("y = (x+1)^2 + 3", "y = x^2 + 4", "square_of_sum_termwise"),
    (r"\left(x+5\right)^{2}", "x^{2}+25", "square_of_sum_termwise"),
    ("(x - 6)^2", "x^2 + 36", "square_of_sum_termwise"),
    ("(2x-3)^2 = 4x + 9", "4x^2 + 9 = 4x + 9", "square_of_sum_termwise"),
    ("(x - 3)^2 = 16", "x^2 + 9 = 16", "square_of_sum_termwise"),
    # Squares a difference term by term
    ("(x - 6)^2", "x^2 - 36", "square_of_difference_termwise"),
    ("(5 - 2t)^2", "25 - 4t^2", "square_of_difference_termwise"),
    ("(2x-3)^2 = 4x + 9", "4x^2 - 9 = 4x + 9", "square_of_difference_termwise"),
    ("(x - 3)^2 = 16", "x^2 - 9 = 16", "square_of_difference_termwise"),
    (r"\sqrt{3x + 1} = x - 1", "3x + 1 = x^2 + 1", "square_of_difference_termwise"),
    # Multiplies only the first term in the bracket
    ("4(x + 2)", "4x + 2", "distribute_first_term_only"),
    ("4(x + 2) = 20", "4x + 2 = 20", "distribute_first_term_only"),
    ("4(x + 2) = 20", "4x = 18", "distribute_first_term_only"),
    ("2(3x - 5) + 1 = 9", "6x - 5 + 1 = 9", "distribute_first_term_only"),
    ("x(x + 3)", "x^2 + 3", "distribute_first_term_only"),
    ("2(x + y + 3)", "2x + y + 3", "distribute_first_term_only"),
    ("2(x + y + 3)", "2x + 2y + 3", "distribute_first_term_only"),
    ("3(x+1) + 2(x+4) = 20", "3x + 1 + 2x + 4 = 20", "distribute_first_term_only"),
    ("3(x+1) + 2(x+4) = 20", "3x + 3 + 2x + 4 = 20", "distribute_first_term_only"),
    ("3(2x-1)-4(x+2)=7", "6x-1-4x+2=7", "distribute_first_term_only"),
    ("2(x - 3) > 8", "2x - 3 > 8", "distribute_first_term_only"),
    ("2.5(x - 4) = 10", "2.5x - 4 = 10", "distribute_first_term_only"),
    ("3(2a - b) = 12", "6a - b = 12", "distribute_first_term_only"),
    ("p(q + r) = s", "pq + r = s", "distribute_first_term_only"),
    (r"\frac{x+1}{2} + \frac{x-1}{3} = 4", "3x+1 + 2x - 1 = 24", "distribute_first_term_only"),
    ("4(x + 1) - 3 = 2x + 9", "4x + 1 - 3 = 2x + 9", "distribute_first_term_only"),
    ("4(x + 1) - 3 = 2x + 9", "4x - 2 = 2x + 9", "distribute_first_term_only"),
    (r"\frac{3x}{x+2} = 4", "3x = 4x + 2", "distribute_first_term_only"),
    # Changes only the first sign after a minus before a bracket
    ("10 - (x + 4) = 3", "10 - x + 4 = 3", "minus_reaches_first_term_only"),
    ("7x - (3x - 2)", "4x - 2", "minus_reaches_first_term_only"),
    ("12 - (a - b + c)", "12 - a - b + c", "minus_reaches_first_term_only"),
    ("-(x - 9)", "-x - 9", "minus_reaches_first_term_only"),
    ("-(2x-3)+5 = 10", "-2x-3+5=10", "minus_reaches_first_term_only"),
    ("-(2x-3)+5 = 10", "-2x+2=10", "minus_reaches_first_term_only"),
    (r"8 - (x - 2) \le 5", r"6 - x \le 5", "minus_reaches_first_term_only"),
    # Negative factor gives the wrong sign in the second product
    ("-2(x - 7)", "-2x - 14", "second_sign_kept_after_negative_factor"),
    ("5 - 3(x - 2) = 8", "5 - 3x - 6 = 8", "second_sign_kept_after_negative_factor"),
    ("-4(2x - 3) = 20", "-8x - 12 = 20", "second_sign_kept_after_negative_factor"),
    ("y = 3 - 2(x - 4)", "y = 3 - 2x - 8", "second_sign_kept_after_negative_factor"),
    ("y = 3 - 2(x - 4)", "y = -2x - 5", "second_sign_kept_after_negative_factor"),
    ("3(2x-1)-4(x+2)=7", "6x-3-4x+8=7", "second_sign_kept_after_negative_factor"),
    ("3(2x-1)-4(x+2)=7", "2x + 5 = 7", "second_sign_kept_after_negative_factor"),
    # Distributes a factor over a product
    ("2(3ab)", "6a*2b", "factor_given_to_each_factor"),
    # Multiplies only first with first and last with last
    ("(x + 3)(x + 4)", "x^2 + 12", "binomial_product_first_last"),
    ("(x - 3)(x + 8) = 0", "x^2 - 24 = 0", "binomial_product_first_last"),
    ("(x + 3)(x + 4) = 20", "x^2 + 12 = 20", "binomial_product_first_last"),
    ("(a+b)(a+b)", "a^2 + b^2", "binomial_product_first_last"),
    ("(x-2)(x+5)-(x+1)^2", "x^2-10-(x+1)^2", "binomial_product_first_last"),
    # Joins terms with different letters
    ("3x + 4y", "7xy", "unlike_terms_joined"),
    ("2x + 3y + 4", "5xy + 4", "unlike_terms_joined"),
    # Adds a plain number to a coefficient
    ("5 + 3x", "8x", "constant_joined_to_coefficient"),
    ("5 + 3x = 24", "8x = 24", "constant_joined_to_coefficient"),
    ("2x + 9 - x", "11x - x", "constant_joined_to_coefficient"),
    ("5x - 3 + 2x = 18", "2x + 2x = 18", "constant_joined_to_coefficient"),
    ("2x + 7 = 15", "9x = 15", "constant_joined_to_coefficient"),
    ("5 - 3x = 11", "2x = 11", "constant_joined_to_coefficient"),
    # Adds the powers when collecting like terms
    ("4x + 5x", "9x^2", "like_terms_exponents_added"),
    ("x^2 + x^2", "x^4", "like_terms_exponents_added"),
    ("2x^3 + 3x^3", "5x^6", "like_terms_exponents_added"),
    # Takes the letter off and keeps the number
    ("7y - y", "7", "letter_taken_away_leaves_number"),
    # Counts a letter without a coefficient as nothing
    ("6x + x", "6x", "invisible_one_ignored"),
    ("6x - x = 10", "6x = 10", "invisible_one_ignored"),
    # Combines the number in front with the factor of a bracket
    ("6 - 2(x + 5)", "4(x + 5)", "bracket_factor_subtracted_first"),
    ("20 = 8 + 2(x - 1)", "20 = 10(x - 1)", "bracket_factor_subtracted_first"),
    ("y = 3 - 2(x - 4)", "y = x - 4", "bracket_factor_subtracted_first"),
    # Leaves out the brackets round a sum that is multiplied
    ("(x + 6)*3 = 24", "x + 18 = 24", "brackets_dropped"),
    # Loses the letter and keeps its coefficient
    ("5x + 2 = 17", "5 + 2 = 17", "letter_lost"),
    # Drops the minus of a term when the rest cancels
    ("9 - 4x + 3 - 9 = 7", "4x + 3 = 7", "minus_of_coefficient_dropped"),
    # Puts the value of a letter beside the coefficient as a digit
    ("x = 7; y = 2x", "y = 27", "letter_as_digit"),
    # Includes the coefficient in the power when putting in a value
    ("x = 4; y = 3x^2", "y = 144", "coefficient_included_in_power"),
    ("x = 4; y = 3x^2 + 1", "y = 145", "coefficient_included_in_power"),
    ("5*2^x = 40", "10^x = 40", "coefficient_included_in_power"),
    (r"5 \cdot 3^x = 45", "15^x = 45", "coefficient_included_in_power"),
]

RIGHT = [
    ("(x + 7)^2", "x^2 + 14x + 49"),
]


@pytest.mark.parametrize(("before", "line", "cause"), WRONG)
def test_a_wrong_line_is_explained_by_the_error_that_a_teacher_would_name(before: str, line: str, cause: str):
    assert is_named(cause, causes(before, line)), causes(before, line)[:4]


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_a_right_line_is_accused_by_no_rule(before: str, line: str):
    assert causes(before, line) == []
