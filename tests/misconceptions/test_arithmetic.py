"""Arithmetic: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.situations import EVERYTHING, causes_in, is_named

WRONG = [
    # before, the student's line, what led to it, the problem
    # Lines decimals up at the right edge instead of at the point
    ("Total = 12.50 + 3.7", "Total = 12.87", "decimals_lined_up_right", ""),
    # Keeps the number of decimals of the factors in a product
    ("0.7*0.8", "5.6", "decimal_places_in_product", ""),
    # Writes the digits of a fraction as a decimal
    ("1/4", "1.4", "fraction_digits_as_decimal", ""),
    # Uses the percent number without dividing by one hundred
    ("20% of 80 + 80", "1680", "percent_sign_ignored", ""),
    # Works strictly from left to right
    ("6 + 2*(5 - 3)", "16", "left_to_right_only", ""),
    # Includes the leading minus in the power
    ("-2^4", "16", "minus_inside_power", ""),
    # Keeps the minus when squaring a negative number
    ("3*(-2)^2", "-12", "square_of_negative_is_negative", ""),
    # Treats subtracting a negative number as plain subtraction
    ("y = 3 - (-7)", "y = -4", "subtract_negative_as_subtract", ""),
    # Takes the smaller digit from the larger in each column
    ("843 - 267", "624", "smaller_digit_from_larger", ""),
    ("1204 - 876", "1672", "smaller_digit_from_larger", ""),
    ("400 - 156", "356", "smaller_digit_from_larger", ""),
    ("3.2 - 1.7", "2.5", "smaller_digit_from_larger", ""),
    ("x = 64 - 28", "x = 44", "smaller_digit_from_larger", ""),
    ("2x = 43 - 17", "2x = 34", "smaller_digit_from_larger", ""),
    # Borrows a ten but leaves the neighbour digit unchanged
    ("61 - 27", "44", "borrow_not_paid_back", ""),
    ("x = 92 - 47", "x = 55", "borrow_not_paid_back", ""),
    # Turns a zero into nine but does not borrow further left
    ("1000 - 1", "1999", "borrow_stops_at_zero", ""),
    ("703 - 268", "535", "borrow_stops_at_zero", ""),
    ("5003 - 1247", "4756", "borrow_stops_at_zero", ""),
    # Treats zero minus a digit as that digit
    ("560 - 237", "337", "zero_minus_digit_is_digit", ""),
    ("905 - 342", "643", "zero_minus_digit_is_digit", ""),
    ("2500 - 1340 + 50", "1240 + 50", "zero_minus_digit_is_digit", ""),
    # Leaves out the carried ten when adding
    ("86 + 57", "133", "carry_forgotten", ""),
    ("398 + 267", "555", "carry_forgotten", ""),
    ("19 + 28 + 37", "64", "carry_forgotten", ""),
    ("75 + 48 - 10", "113 - 10", "carry_forgotten", ""),
    ("5.6 + 2.7", "7.3", "carry_forgotten", ""),
    ("85 + 37 = x", "112 = x", "carry_forgotten", ""),
    # Writes the whole column sum instead of carrying
    ("68 + 75", "1313", "carry_written_in_place", ""),
    ("39 + 46", "715", "carry_written_in_place", ""),
    ("y = 58 + 27", "y = 715", "carry_written_in_place", ""),
    # Forgets the place value of the second digit in long multiplication
    (r"57 \cdot 23", "285", "partial_product_not_shifted", ""),
    ("132 × 21", "396", "partial_product_not_shifted", ""),
    ("14*12", "42", "partial_product_not_shifted", ""),
    # Leaves out a zero inside the answer of a long division
    ("2412 ÷ 4", "63", "zero_left_out_of_quotient", ""),
    ("6018/3", "206", "zero_left_out_of_quotient", ""),
    ("816/4", "24", "zero_left_out_of_quotient", ""),
    # Thinks multiplying by zero leaves the number as it was
    (r"9 \cdot 0 + 3", "12", "times_zero_keeps_number", ""),
    ("13 × 0", "13", "times_zero_keeps_number", ""),
    (r"45 \cdot 0", "45", "times_zero_keeps_number", ""),
    # Gives a number for division by zero
    ("7/0", "7", "divide_by_zero_gives_number", ""),
    (r"\frac{4}{2-2}", "0", "divide_by_zero_gives_number", ""),
    # Reads zero divided by a number as that number
    ("0 ÷ 6", "6", "zero_over_number_is_number", ""),
    ("x = 0/12", "x = 12", "zero_over_number_is_number", ""),
    ("x = 0/(-4)", "x = -4", "zero_over_number_is_number", ""),
    # Chains results with '=' although the sides differ
    ("(8 - 2)*5", "8 - 2 = 6*5 = 30", "run_on_equals", ""),
    ("12 + 9", "12 + 9 = 21/3 = 7", "run_on_equals", ""),
    ("3(4 + 5)", "4 + 5 = 9*3 = 27", "run_on_equals", ""),
    ("5 + 3", "5 + 3 = 8 - 2 = 6", "run_on_equals", ""),
    # Divides the numbers the wrong way round
    ("4/12", "3", "reversed_division", ""),
    ("x = 5/20", "x = 4", "reversed_division", ""),
    # Adds or subtracts the numbers of a fraction instead of dividing
    ("x = -8/(-2)", "x = -10", "fraction_bar_read_as_sum", ""),
    # Carries out a different operation from the one written
    ("17 + 4", "13", "operation_swapped", ""),
    (r"x = 6 \cdot 3", "x = 9", "operation_swapped", ""),
    ("x = 18 - 7", "x = 25", "operation_swapped", ""),
    # Lines decimals up at the right edge instead of at the point
    ("2.6 + 0.35", "0.61", "decimals_lined_up_right", ""),
    ("12 + 0.5", "1.7", "decimals_lined_up_right", ""),
    ("7.2 - 0.15", "0.57", "decimals_lined_up_right", ""),
    ("x = 1.25 + 0.4", "x = 1.29", "decimals_lined_up_right", ""),
    ("0.5 - 0.25", "0.20", "decimals_lined_up_right", ""),
    # Thinks more decimal digits mean a larger number
    ("max(0.9, 0.45)", "0.45", "longer_decimal_is_larger", ""),
    ("0.35 < 0.4", "0.35 > 0.4", "longer_decimal_is_larger", ""),
    # Keeps the number of decimals of the factors in a product
    ("0.4*0.2", "0.8", "decimal_places_in_product", ""),
    (r"1.5 \cdot 0.3", "4.5", "decimal_places_in_product", ""),
    ("2.5*0.4", "10", "decimal_places_in_product", ""),
    ("0.06*0.3", "0.18", "decimal_places_in_product", ""),
    # Writes a zero at the end of a decimal to multiply by ten
    ("3.7*10", "3.70", "append_zero_for_times_ten", ""),
    (r"0.58 \cdot 100", "0.5800", "append_zero_for_times_ten", ""),
    (r"4.05 \cdot 10", "4.050", "append_zero_for_times_ten", ""),
    # Expects division to give a smaller number
    ("12/0.25", "3", "dividing_always_makes_smaller", ""),
    ("9 ÷ 0.5", "4.5", "dividing_always_makes_smaller", ""),
    # Adds whole parts and decimal parts separately without carrying
    ("3.8 + 2.5", "5.13", "decimal_parts_kept_apart", ""),
    ("6.7 + 4.9", "10.16", "decimal_parts_kept_apart", ""),
    ("7.45 + 1.8", "8.53", "decimal_parts_kept_apart", ""),
    # Writes the digits of a fraction as a decimal
    ("2/5", "2.5", "fraction_digits_as_decimal", ""),
    (r"\frac{1}{6}", "0.6", "fraction_digits_as_decimal", ""),
    (r"\frac{7}{8}", "7.8", "fraction_digits_as_decimal", ""),
    # Uses the percent number without dividing by one hundred
    ("30% of 40", "1200", "percent_sign_ignored", ""),
    ("x = 0.05 * 200 + 6%", "x = 16", "percent_sign_ignored", ""),
    (r"15% \cdot 60", "900", "percent_sign_ignored", ""),
    # Writes a percentage as a decimal with the point in the wrong place
    ("7%", "0.7", "percent_shifted_one_place", ""),
    ("4% of 150", "60", "percent_shifted_one_place", ""),
    # Gives the change instead of the changed amount
    ("60*1.25", "15", "percent_increase_only", ""),
    ("120*(1 - 20%)", "24", "percent_increase_only", ""),
    (r"x = 240 \cdot 1.05", "x = 12", "percent_increase_only", ""),
    ("x = 240 + 5% of 240", "x = 12", "percent_increase_only", ""),
    # Thinks a rise and a fall by the same percentage cancel
    ("500*1.1*0.9", "500", "percent_up_and_down_cancel", ""),
    ("80*(1+25%)*(1-25%)", "80", "percent_up_and_down_cancel", ""),
    (r"1000 \cdot 1.2 \cdot 0.8", "1000", "percent_up_and_down_cancel", ""),
    # Divides a percentage change by the new value
    ("(50 - 40)/40", "20%", "percent_change_wrong_base", ""),
    (r"\frac{90-120}{120}", "-1/3", "percent_change_wrong_base", ""),
    (r"\frac{30-24}{24} \cdot 100", "20", "percent_change_wrong_base", ""),
    # Undoes a percentage change by applying it to the result
    ("90/(1 - 10%)", "99", "percent_undone_by_same_percent", ""),
    ("120/1.2", "96", "percent_undone_by_same_percent", ""),
    ("84/1.05", "79.8", "percent_undone_by_same_percent", ""),
    ("84 ÷ 0.7", "109.2", "percent_undone_by_same_percent", ""),
    # Adds percentages that belong to different amounts
    ("20% of 50 + 30% of 150", "50% of 200", "percents_of_different_amounts_added", ""),
    # Rounds by cutting digits off
    ("round(3.478, 2)", "3.47", "rounding_by_cutting_off", ""),
    ("x = 20/3", "x = 6.66", "rounding_by_cutting_off", ""),
    ("5/3", "1.66", "rounding_by_cutting_off", ""),
    (r"x = \sqrt{7}", "x = 2.64", "rounding_by_cutting_off", ""),
    # Works strictly from left to right
    ("4 + 5*6", "54", "left_to_right_only", ""),
    (r"3 + 2 \cdot 5 - 1", "24", "left_to_right_only", ""),
    ("2 + 3^2", "25", "left_to_right_only", ""),
    (r"x = 12 - 4 \cdot 2", "x = 16", "left_to_right_only", ""),
    # Does all additions before subtractions
    ("15 - 6 + 4", "5", "add_before_subtract", ""),
    ("30 - 12 + 8 - 5", "5", "add_before_subtract", ""),
    ("100 - 50 + 25", "25", "add_before_subtract", ""),
    ("x - 5 + 3", "x - 8", "add_before_subtract", ""),
    # Does all multiplications before divisions
    ("48/6*2", "4", "multiply_before_divide", ""),
    # Includes the leading minus in the power
    ("-5^2", "25", "minus_inside_power", ""),
    ("7 - 3^2", "16", "minus_inside_power", ""),
    ("-x^2 + 3; x = 2", "7", "minus_inside_power", ""),
    ("-4^2 + 20", "36", "minus_inside_power", ""),
    # Keeps the minus when squaring a negative number
    ("(-6)^2", "-36", "square_of_negative_is_negative", ""),
    ("x = -3; y = 2*x^2", "y = -18", "square_of_negative_is_negative", ""),
    ("y = (-3)^2 - 4", "y = -13", "square_of_negative_is_negative", ""),
    # Puts in a negative number without brackets
    ("x = -3; y = 4 + 2*x", "y = 3", "substitution_without_brackets", ""),
    # Treats subtracting a negative number as plain subtraction
    ("x = -5; y = 9 - x", "y = 4", "subtract_negative_as_subtract", ""),
    ("8 - (-5)", "3", "subtract_negative_as_subtract", ""),
    ("-2 - (-9)", "-11", "subtract_negative_as_subtract", ""),
    ("f = 3 - (-2x)", "f = 3 - 2x", "subtract_negative_as_subtract", ""),
    # Uses 'two minuses make a plus' when adding negatives
    ("-6 - 4", "10", "two_minuses_make_plus_in_sum", ""),
    ("-3x - 5x", "8x", "two_minuses_make_plus_in_sum", ""),
    # Gives a negative product for two negative factors
    ("(-7)*(-3)", "-21", "product_two_negatives_negative", ""),
    ("x = -12/(-4)", "x = -3", "product_two_negatives_negative", ""),
    (r"\frac{-15}{-3}", "-5", "product_two_negatives_negative", ""),
    # Drops the minus when one factor is negative
    ("x = 18/(-3)", "x = 6", "product_unlike_signs_positive", ""),
    ("-8*7", "56", "product_unlike_signs_positive", ""),
    (r"5 \cdot (-4)", "20", "product_unlike_signs_positive", ""),
    ("(-2)(-3)(-4)", "24", "product_unlike_signs_positive", ""),
    (r"\frac{15}{-3}", "5", "product_unlike_signs_positive", ""),
    # Adds the sizes of numbers with opposite signs
    ("-9 + 5", "-14", "sum_unlike_signs_sizes_added", ""),
    ("-7x + 4x = 6", "-11x = 6", "sum_unlike_signs_sizes_added", ""),
    # Right size but wrong sign when adding numbers of opposite sign
    ("-9 + 5", "4", "sum_sign_of_smaller", ""),
    ("-3 + 8", "-5", "sum_sign_of_smaller", ""),
    ("-7x + 4x", "3x", "sum_sign_of_smaller", ""),
    # Subtracts the smaller number from the larger whatever the order
    ("4 - 11", "7", "reversed_subtraction", ""),
    ("3x = 5 - 14", "3x = 9", "reversed_subtraction", ""),
    ("2x = 3 - 8", "2x = 5", "reversed_subtraction", ""),
    # Subtracts from a negative number as if it were positive
    ("-8 - 3", "5", "leading_minus_spread", ""),
    ("2x = -7 - 5", "2x = 2", "leading_minus_spread", ""),
    # Takes the absolute value of each number before adding
    ("|-9 + 4|", "13", "abs_of_sum_termwise", ""),
    ("|3 - 8|", "11", "abs_of_sum_termwise", ""),
]

RIGHT = [
    # before, a line that follows
    ("843 - 267", "576"),
    ("1000 - 1", "999"),
    ("47 + 38", "85"),
    ("23*14", "23*4 + 23*10"),
    ("6018/3", "2006"),
    ("7*0", "0"),
    ("(8 - 2)*5", "(8 - 2)*5 = 6*5 = 30"),
    ("(8 - 2)*5", "6*5 = 30"),
    ("4/12", "1/3"),
    ("2.6 + 0.35", "2.95"),
    ("1.5*0.3", "0.45"),
    ("3.7*10", "37"),
    ("3.7*10", "37.0"),
    ("9/0.5", "18"),
    ("30% of 40", "12"),
    ("60*1.25", "75"),
    ("500*1.1*0.9", "495"),
    ("x = 17/6", "x = 2.83"),
    ("x = 20/3", "x = 6.67"),
    ("x = 20/3", "x ≈ 6.7"),
    ("15 - 6 + 4", "9 + 4"),
    ("15 - 6 + 4", "15 - 2"),
    ("-5^2", "-25"),
    ("x = -3; y = 2*x^2", "y = 18"),
    ("x = -3; y = 4 + 2*x", "y = 4 + 2*(-3)"),
    ("x = -3; y = 4 + 2*x", "y = -2"),
    ("|3 - 8|", "5"),
]


@pytest.mark.parametrize(("before", "line", "cause", "problem"), WRONG)
def test_the_error_that_led_to_a_line_comes_first(before: str, line: str, cause: str, problem: str):
    assert is_named(cause, causes_in(problem, before, line))


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_no_rule_accuses_a_line_that_follows(before: str, line: str):
    assert causes_in("", before, line) == []
    assert causes_in(EVERYTHING, before, line) == []
