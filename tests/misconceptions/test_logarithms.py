"""Logarithms and growth: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.lines import causes, is_named

WRONG = [
    # before, the student's line, what led to it
    # Takes the logarithm of a sum for the sum of the logarithms
    ("log(x + 3)", "log(x) + log(3)", "log_of_sum_split"),
    ("ln(x + 2) = 5", "ln(x) + ln(2) = 5", "log_of_sum_split"),
    ("log_2(x+8)", "log_2(x) + 3", "log_of_sum_split"),
    (r"\ln(a+b)", r"\ln a + \ln b", "log_of_sum_split"),
    (r"\log_2(x+3) = 4", r"\log_2(x) + \log_2(3) = 4", "log_of_sum_split"),
    # Writes the logarithm of a product as a product of logarithms
    ("ln(5x)", "ln(5)*ln(x)", "log_of_product_as_product"),
    (r"\log(100x)", r"2\log(x)", "log_of_product_as_product"),
    # Writes the logarithm of a quotient as a quotient of logarithms
    ("log(x/4)", "log(x)/log(4)", "log_of_quotient_as_quotient"),
    # Turns a quotient of logarithms into a difference
    ("log(27)/log(3)", "log(9)", "quotient_of_logs_as_difference"),
    (r"\frac{\log 8}{\log 2}", r"\log 4", "quotient_of_logs_as_difference"),
    # Cancels the word log like a factor
    ("log(20)/log(5)", "4", "log_symbol_cancelled"),
    ("ln(x) + ln(5) = ln(30)", "x + 5 = 30", "log_symbol_cancelled"),
    (r"\ln(x) - \ln(2) = 1", "x - 2 = e", "log_symbol_cancelled"),
    (r"\ln(2x) + \ln(3) = 2", "2x + 3 = e^2", "log_symbol_cancelled"),
    (r"2\log x = \log 36", "x = 18", "log_symbol_cancelled"),
    # Brings down the exponent of a whole logarithm
    ("ln(x)^2", "2ln(x)", "power_of_log_as_log_of_power"),
    # Brings down an exponent that belongs to one factor only
    ("log(3x^4)", "4log(3x)", "log_exponent_taken_over_product"),
    # Writes the logarithm of a reciprocal as a reciprocal
    ("ln(1/7)", "1/ln(7)", "log_of_reciprocal_as_reciprocal"),
    # Swaps base and exponent when undoing a logarithm
    ("log_3(x) = 4", "x = 4^3", "log_base_and_result_swapped"),
    ("log_3(x) = 4", "x = 64", "log_base_and_result_swapped"),
    (r"\log_5(x) = 2", "x = 32", "log_base_and_result_swapped"),
    (r"\log_5(x) = 2", "x = 10", "log_base_and_result_swapped"),
    (r"\log_2(x+3) = 4", "x + 3 = 8", "log_base_and_result_swapped"),
    # Divides by the base to free an exponent
    ("3^x = 81", "x = 27", "exponent_removed_by_division"),
    ("2^{x} = 32", "x = 16", "exponent_removed_by_division"),
    ("4^{x+1} = 64", "x + 1 = 16", "exponent_removed_by_division"),
    # Keeps a solution that makes a logarithm undefined
    ("log_2(x) + log_2(x - 2) = 3", "x = 4 or x = -2", "log_root_outside_domain"),
    # Says that the logarithm of one is one
    ("2 + ln(1)", "3", "log_of_one_taken_as_one"),
    # Cancels e and ln across a factor
    ("e^(3ln(x))", "3x", "exp_of_multiple_log_as_multiple"),
    # Adds a yearly percentage instead of compounding it
    ("500*(1 + 0.04)^5", "600", "compound_growth_as_linear"),
    ("500*1.04^5", "600", "compound_growth_as_linear"),
]

RIGHT = [
    ("ln(5x)", "ln(5) + ln(x)"),
    ("log(x/4)", "log(x) - log(4)"),
    ("ln(x) + ln(5) = ln(30)", "5x = 30"),
    ("ln(x) + ln(5) = ln(30)", "ln(5x) = ln(30)"),
    ("ln(x) + ln(5) = ln(30)", "x = 6"),
    ("log_3(x) = 4", "x = 3^4"),
    ("log_3(x) = 4", "x = 81"),
    ("3^x = 81", "x = 4"),
    ("3^x = 81", "x = log_3(81)"),
    ("3^x = 81", "x ln(3) = ln(81)"),
    ("2^x = 10", "x = 3.32"),
    ("log_2(x) + log_2(x - 2) = 3", "log_2(x(x - 2)) = 3"),
    ("log_2(x) + log_2(x - 2) = 3", "x(x-2) = 8"),
    ("log_2(x) + log_2(x - 2) = 3", "x = 4"),
    ("500*1.04^5", "608.33"),
]


@pytest.mark.parametrize(("before", "line", "cause"), WRONG)
def test_a_wrong_line_is_explained_by_the_error_that_a_teacher_would_name(before: str, line: str, cause: str):
    assert is_named(cause, causes(before, line)), causes(before, line)[:4]


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_a_right_line_is_accused_by_no_rule(before: str, line: str):
    assert causes(before, line) == []
