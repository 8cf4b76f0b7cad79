"""Powers and roots: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.lines import causes, is_named

WRONG = [
    # before, the student's line, what led to it
    # Multiplies the base by the exponent
    ("4^2", "8", "power_as_product_with_exponent"),
    ("4^{-2}", "-8", "power_as_product_with_exponent"),
    ("2^{-3}", "-6", "power_as_product_with_exponent"),
    # Multiplies exponents when multiplying powers
    ("x^3*x^4", "x^12", "power_product_multiplies_exponents"),
    ("2x^3*5x^2", "10x^6", "power_product_multiplies_exponents"),
    (r"2^3 \cdot 2^5", "2^{15}", "power_product_multiplies_exponents"),
    (r"3x^2 \cdot 4x^3", "12x^6", "power_product_multiplies_exponents"),
    # Multiplies the equal bases as well as adding exponents
    ("3^2*3^4", "9^6", "power_product_multiplies_bases"),
    (r"2^3 \cdot 2^5", "4^8", "power_product_multiplies_bases"),
    # Adds exponents for a power of a power
    ("(y^3)^4", "y^7", "power_of_power_adds"),
    ("(x^4)^2", "x^6", "power_of_power_adds"),
    ("(x^2 y)^3", "x^5 y^3", "power_of_power_adds"),
    # Divides exponents when dividing powers
    ("x^10/x^2", "x^5", "power_quotient_divides_exponents"),
    ("6x^8/(2x^4)", "3x^2", "power_quotient_divides_exponents"),
    (r"\frac{a^9}{a^3}", "a^3", "power_quotient_divides_exponents"),
    (r"x^6 \div x^2", "x^3", "power_quotient_divides_exponents"),
    # Says that a power with exponent zero is zero
    ("5x^0 + 1", "1", "zero_exponent_gives_zero"),
    ("6x^0", "0", "zero_exponent_gives_zero"),
    # Turns a negative exponent into a negative number
    ("3^(-2)", "-9", "negative_exponent_gives_negative"),
    ("4^{-2}", "-16", "negative_exponent_gives_negative"),
    ("(2x)^{-1}", "-2x", "negative_exponent_gives_negative"),
    ("10^{-2}", "-100", "negative_exponent_gives_negative"),
    # Moves the coefficient down together with a negative power
    ("5x^(-3)", "1/(5x^3)", "negative_exponent_moves_coefficient"),
    ("2x^{-1}", r"\frac{1}{2x}", "negative_exponent_moves_coefficient"),
    # Raises only one factor of a product to the power
    ("(3x)^2", "3x^2", "power_of_product_partial"),
    ("(2x^3)^4", "2x^12", "power_of_product_partial"),
    ("(3a^2b)^3", "3a^6b^3", "power_of_product_partial"),
    ("(x^2 y)^3", "x^6 y", "power_of_product_partial"),
    # Adds powers by adding their exponents
    ("x^2 + x^3", "x^5", "sum_of_powers_joined"),
    ("x^4 + x^4", "x^8", "sum_of_powers_joined"),
    ("2x^2 + 3x = 14", "5x^3 = 14", "sum_of_powers_joined"),
    ("2^5 + 2^3", "2^8", "sum_of_powers_joined"),
    # Multiplies by a fractional exponent
    ("9^(1/2)", "4.5", "fractional_exponent_as_factor"),
    ("16^{3/4}", "12", "fractional_exponent_as_factor"),
    ("27^{2/3}", "18", "fractional_exponent_as_factor"),
    ("(9x^2)^{1/2}", "4.5x^2", "fractional_exponent_as_factor"),
    # Swaps root and power in a fractional exponent
    ("8^(2/3)", "8^(3/2)", "fractional_exponent_upside_down"),
    # Takes the square root of a sum term by term
    ("sqrt(x^2 + 25)", "x + 5", "root_of_sum_termwise"),
    ("sqrt(x^2 + 25) = 13", "x + 5 = 13", "root_of_sum_termwise"),
    (r"\sqrt{36+64}", "14", "root_of_sum_termwise"),
    (r"\sqrt{x+3} = 5", r"\sqrt{x}+\sqrt{3} = 5", "root_of_sum_termwise"),
    (r"\sqrt{a^2+b^2}", "a+b", "root_of_sum_termwise"),
    (r"\sqrt{x^2-16}", "x-4", "root_of_sum_termwise"),
    (r"\sqrt{9x^2 + 16}", "3x + 4", "root_of_sum_termwise"),
    (r"\sqrt[3]{x^3 + 8}", "x + 2", "root_of_sum_termwise"),
    # Adds roots by adding the numbers under them
    ("sqrt(5) + sqrt(7)", "sqrt(12)", "roots_added_under_one_root"),
    (r"\sqrt{8}+\sqrt{2}", r"\sqrt{10}", "roots_added_under_one_root"),
    (r"5\sqrt{2} + 3\sqrt{3}", r"8\sqrt{5}", "roots_added_under_one_root"),
    # Adds the numbers under equal roots while collecting them
    ("sqrt(3) + 5sqrt(3)", "6sqrt(6)", "like_roots_double_radicand"),
    (r"3\sqrt{2}+4\sqrt{2}", r"7\sqrt{4}", "like_roots_double_radicand"),
    # Takes a square factor out of a root without its root
    ("sqrt(12)", "4sqrt(3)", "square_factor_left_unrooted"),
    ("sqrt(50)", "25sqrt(2)", "square_factor_left_unrooted"),
    (r"\sqrt{45}", r"9\sqrt{5}", "square_factor_left_unrooted"),
    (r"\sqrt{72}", r"36\sqrt{2}", "square_factor_left_unrooted"),
    # Halves a number instead of taking its square root
    ("sqrt(36)", "18", "square_root_as_half"),
    (r"\sqrt{64}", "32", "square_root_as_half"),
    ("(x - 3)^2 = 16", "x - 3 = 8", "square_root_as_half"),
    # Cancels root and square even for negative numbers
    ("sqrt((x-7)^2)", "x - 7", "root_of_square_keeps_sign"),
    # Takes the root of the exponent
    ("sqrt(x^9)", "x^3", "root_of_exponent_rooted"),
    # Rationalises a sum with itself instead of its conjugate
    ("1/(sqrt(5) + 2)", "(sqrt(5) + 2)/9", "rationalised_with_same_sum"),
    (r"\frac{3}{\sqrt{7}-2}", r"\frac{3(\sqrt{7}-2)}{3}", "rationalised_with_same_sum"),
    # Adds numbers in scientific notation by adding exponents
    ("4*10^3 + 5*10^6", "9*10^9", "scientific_sum_exponents_added"),
    # Uses the wrong sign of the exponent in scientific notation
    ("0.00072", "7.2*10^4", "scientific_exponent_sign"),
]

RIGHT = [
    ("sqrt(12)", "2sqrt(3)"),
    ("sqrt(50) + sqrt(18)", "8sqrt(2)"),
    ("sqrt(x^2 + 6x + 9)", "|x + 3|"),
    ("1/(sqrt(5) + 2)", "sqrt(5) - 2"),
    ("(2x^3)^4", "16x^12"),
    ("x^3*x^4", "x^7"),
    ("3^(-2)", "1/9"),
    ("5x^(-3)", "5/x^3"),
    ("8^(2/3)", "4"),
    ("4*10^3 + 5*10^6", "5.004*10^6"),
    ("0.00072", "7.2*10^(-4)"),
]


@pytest.mark.parametrize(("before", "line", "cause"), WRONG)
def test_a_wrong_line_is_explained_by_the_error_that_a_teacher_would_name(before: str, line: str, cause: str):
    assert is_named(cause, causes(before, line)), causes(before, line)[:4]


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_a_right_line_is_accused_by_no_rule(before: str, line: str):
    assert causes(before, line) == []
