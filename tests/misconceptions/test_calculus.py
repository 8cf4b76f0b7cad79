"""Derivatives, integrals and limits: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.situations import EVERYTHING, causes_in, is_named
from tutor.misconceptions.explain import explain
from tutor.syntax.read import read

WRONG = [
    # before, the student's line, what led to it, the problem
    # Brings the exponent down but does not lower it
    (r"\frac{d}{dx} x^5", "5x^5", "power_rule_exponent_not_lowered", ""),
    ("f(x) = 3x^4", "f'(x) = 12x^4", "power_rule_exponent_not_lowered", ""),
    ("g(x) = 4x^{3/2}", "g'(x) = 6x^{3/2}", "power_rule_exponent_not_lowered", ""),
    # Lowers the exponent but does not bring it down
    ("f(x) = x^3 + 2x", "f'(x) = x^2 + 2", "power_rule_factor_forgotten", ""),
    ("y = x^6", "y' = x^5", "power_rule_factor_forgotten", ""),
    (r"y = \sqrt{x}", "y' = x^{-1/2}", "power_rule_factor_forgotten", ""),
    # Moves a negative exponent the wrong way
    ("f(t) = t^{-3}", "f'(t) = -3t^{-2}", "power_rule_exponent_raised", ""),
    ("y = 4/x^2", r"\frac{dy}{dx} = -8/x", "power_rule_exponent_raised", ""),
    ("f(x) = 1/x", "f'(x) = -1", "power_rule_exponent_raised", ""),
    # Uses the power rule when the variable is in the exponent
    ("f(x) = 3^x", "f'(x) = x*3^(x-1)", "power_rule_on_exponential", ""),
    ("f(x) = e^{2x}", "f'(x) = 2x e^{2x-1}", "power_rule_on_exponential", ""),
    # Keeps an added constant when differentiating
    ("f(x) = x^2 - 4x + 7", "f'(x) = 2x - 4 + 7", "constant_kept_in_derivative", ""),
    ("h(t) = 5t^2 + 3", "h'(t) = 10t + 3", "constant_kept_in_derivative", ""),
    ("C(x) = 3x^2 + 100", "C'(x) = 6x + 100", "constant_kept_in_derivative", ""),
    ("s = 5t^2 - 20t + 8", r"\frac{ds}{dt} = 10t - 20 + 8", "constant_kept_in_derivative", ""),
    # Multiplies the derivatives of the factors
    ("y = x^3 e^x", "y' = 3x^2 e^x", "product_rule_as_product", ""),
    (r"f(x) = x \ln x", "f'(x) = 1/x", "product_rule_as_product", ""),
    ("f(x) = (x^2+1)(3x-2)", "f'(x) = 6x", "product_rule_as_product", ""),
    (r"f(x) = x^3 \sin x", r"f'(x) = 3x^2 \cos x", "product_rule_as_product", ""),
    (r"f(x) = x^2 \ln x", r"f'(x) = 2x \cdot \frac{1}{x}", "product_rule_as_product", ""),
    (r"f(x) = \sin x \cos x", r"f'(x) = -\sin x \cos x", "product_rule_as_product", ""),
    # Divides the derivatives of top and bottom
    ("f(x) = x^2/(x+1)", "f'(x) = 2x", "quotient_rule_as_quotient", ""),
    (r"f(x) = \frac{\sin x}{x^2}", r"f'(x) = \frac{\cos x}{2x}", "quotient_rule_as_quotient", ""),
    # Swaps the two terms of the quotient rule
    (r"f(x) = \frac{x}{x-4}", r"f'(x) = \frac{4}{(x-4)^2}", "quotient_rule_order_swapped", ""),
    (r"f(x) = \frac{2x+1}{x-3}", r"f'(x) = \frac{7}{(x-3)^2}", "quotient_rule_order_swapped", ""),
    # Forgets to square the denominator in the quotient rule
    (r"f(x) = \frac{x}{x-4}", r"f'(x) = \frac{-4}{x-4}", "quotient_rule_bottom_not_squared", ""),
    (r"f(x) = \frac{2x+1}{x-3}", r"f'(x) = \frac{2(x-3) - (2x+1)}{x-3}", "quotient_rule_bottom_not_squared", ""),
    # Forgets the derivative of the inner function
    (r"f(x) = \sin(5x)", r"f'(x) = \cos(5x)", "chain_rule_inner_forgotten", ""),
    ("f(x) = (3x - 1)^4", "f'(x) = 4(3x-1)^3", "chain_rule_inner_forgotten", ""),
    ("f(x) = e^{-2x}", "f'(x) = e^{-2x}", "chain_rule_inner_forgotten", ""),
    (r"f(x) = \sqrt{x^2+3}", r"f'(x) = \frac{1}{2\sqrt{x^2+3}}", "chain_rule_inner_forgotten", ""),
    (r"f(x) = x^3 + \sin(2x)", r"f'(x) = 3x^2 + \cos(2x)", "chain_rule_inner_forgotten", ""),
    ("f(x) = x e^{3x}", "f'(x) = e^{3x} + x e^{3x}", "chain_rule_inner_forgotten", ""),
    (r"f(x) = \ln(x^2+1)", r"f'(x) = \frac{1}{x^2+1}", "chain_rule_inner_forgotten", ""),
    (r"f(x) = \sin^2 x", r"f'(x) = 2\sin x", "chain_rule_inner_forgotten", ""),
    # Puts the derivative of the inner function inside the outer one
    (r"f(x) = \cos(x^3)", r"f'(x) = -\sin(3x^2)", "chain_rule_outer_at_inner_derivative", ""),
    (r"f(x) = \ln(3x)", r"f'(x) = \frac{1}{3}", "chain_rule_outer_at_inner_derivative", ""),
    # Forgets the minus in the derivative of cosine
    (r"f(x) = 2\cos x + x", r"f'(x) = 2\sin x + 1", "derivative_of_cosine_sign", ""),
    (r"f(x) = 3\cos(2x)", r"f'(x) = 6\sin(2x)", "derivative_of_cosine_sign", ""),
    # Leaves out dy/dx when differentiating a term in y
    ("d/dx (x^2 + y^2)", "2x + 2y", "implicit_derivative_factor_missing", ""),
    # Puts the number in before differentiating
    ("f(x) = x^4", "f'(2) = 0", "evaluated_before_differentiating", ""),
    ("f(x) = x^2 - 3x", "f'(1) = -2", "evaluated_before_differentiating", ""),
    # Squares the first derivative for the second derivative
    ("f(x) = x^4", "f''(x) = 16x^6", "second_derivative_as_square", ""),
    (r"f(x) = \cos x", r"f''(x) = \sin^2 x", "second_derivative_as_square", ""),
    ("f(x) = x^3", "f''(x) = 9x^4", "second_derivative_as_square", ""),
    # Raises the exponent but does not divide by it
    ("f(x) = x^4 - 2x", "F(x) = x^5 - x^2", "integral_not_divided_by_exponent", ""),
    # Forgets the minus in the integral of sine
    (r"f(x) = \cos x + 2", r"F(x) = -\sin x + 2x", "integral_of_sine_sign", ""),
    # Brings the exponent down but does not lower it
    ("v(t) = 3t^2 + 4", "a(t) = 6t^2", "power_rule_exponent_not_lowered", ""),
    # Keeps an added constant when differentiating
    ("s(t) = 5t^2 - 20t + 8", "v(t) = 10t - 20 + 8", "constant_kept_in_derivative", ""),
    # Forgets the derivative of the inner function
    (r"f(x) = \frac{1}{2x+1}", r"f'(x) = -\frac{1}{(2x+1)^2}", "chain_rule_inner_forgotten", ""),
    # Gives 0/0 a value straight away
    (r"\lim_{x \to 2} \frac{x^2-4}{x-2}", "0", "zero_over_zero_given_value", ""),
    (r"L = \lim_{x \to 2} \frac{x^2-4}{x-2}", "L = 0", "zero_over_zero_given_value", ""),
    (r"\lim_{h \to 0} \frac{(2+h)^2 - 4}{h}", "0", "zero_over_zero_given_value", ""),
    (r"\lim_{x \to 3} \frac{x^2-9}{x-3}", "undefined", "zero_over_zero_given_value", ""),
    # Cancels infinity against infinity
    (r"\lim_{x \to \infty} \frac{5x^2-1}{2x^2+x}", "1", "infinity_over_infinity_is_one", ""),
    (r"\lim_{x \to \infty} \frac{3x+2}{x^2}", "1", "infinity_over_infinity_is_one", ""),
    # Takes infinity minus infinity as zero
    (r"\lim_{x \to \infty} (x^3 - x)", "0", "infinity_minus_infinity_is_zero", ""),
    (r"\lim_{x \to \infty} (\sqrt{x^2+x} - x)", "0", "infinity_minus_infinity_is_zero", ""),
    # Takes the limit of the base first and gets one
    (r"\lim_{x \to \infty} (1 + \frac{3}{x})^x", "1", "one_to_infinity_is_one", ""),
    (r"\lim_{n \to \infty} (1 - \frac{2}{n})^n", "1", "one_to_infinity_is_one", ""),
    # Uses sin(x)/x -> 1 although the angles differ
    (r"\lim_{x \to 0} \frac{\sin 4x}{x}", "1", "sine_over_x_factor_ignored", ""),
    (r"\lim_{x \to 0} \frac{\tan 2x}{5x}", "1", "sine_over_x_factor_ignored", ""),
    (r"\lim_{x \to 0} \frac{\sin 3x}{\sin 7x}", "1", "sine_over_x_factor_ignored", ""),
    # Gives a limit from one side as the limit
    (r"\lim_{x \to 3} \frac{|x-3|}{x-3}", "1", "one_sided_limits_not_compared", ""),
    (r"\lim_{x \to -1} \frac{|x+1|}{x+1}", "-1", "one_sided_limits_not_compared", ""),
    # Uses L'Hopital's rule where it does not apply
    (r"\lim_{x \to 2} \frac{x^2+3}{x+1}", "4", "lhopital_without_indeterminate", ""),
    (r"\lim_{x \to 0} \frac{e^x}{x+2}", "1", "lhopital_without_indeterminate", ""),
    # Leaves out the constant of integration
    (r"\int 3x^2 + 2x \, dx", "x^3 + x^2", "constant_of_integration_missing", ""),
    # Raises the exponent but does not divide by it
    (r"\int x^4 dx", "x^5 + C", "integral_not_divided_by_exponent", ""),
    (r"\int 4x^3 dx", "4x^4 + c", "integral_not_divided_by_exponent", ""),
    (r"I = \int x^2 dx", "I = x^3 + C", "integral_not_divided_by_exponent", ""),
    (r"A = \int_0^2 x^2 dx", "A = 8", "integral_not_divided_by_exponent", ""),
    (r"\int_0^2 x^2 dx", "[x^3]_0^2", "integral_not_divided_by_exponent", ""),
    (r"\int \sqrt{x} dx", "x^{3/2} + C", "integral_not_divided_by_exponent", ""),
    (r"\int 6x^2 - 4x + 1 dx", "6x^3 - 4x^2 + x + C", "integral_not_divided_by_exponent", ""),
    (r"\int (2x + 3) dx", "2x^2 + 3x + C", "integral_not_divided_by_exponent", ""),
    (r"\int_0^1 (3x^2 + 1) dx", "4", "integral_not_divided_by_exponent", ""),
    # Divides by the old exponent when integrating
    (r"\int x^5 + x dx", "x^6/5 + x^2/2 + C", "integral_divided_by_old_exponent", ""),
    (r"\int x^{-2} dx", r"\frac{x^{-1}}{-2} + C", "integral_divided_by_old_exponent", ""),
    # Multiplies by the new exponent when integrating
    (r"\int x^2 dx", "3x^3 + C", "integral_multiplied_by_new_exponent", ""),
    # Differentiates where an integral is asked
    (r"\int x^4 dx", "4x^3 + C", "differentiated_instead_of_integrated", ""),
    # Uses the power rule on 1/x
    (r"\int \frac{2}{x} dx", "-2/x^2 + C", "reciprocal_by_power_rule", ""),
    # Integrates every fraction 1/f to ln(f)
    (r"\int \frac{1}{x^3} dx", r"\ln(x^3) + C", "reciprocal_integrated_as_log", ""),
    (r"\int \frac{1}{1+x^2} dx", r"\ln(1+x^2) + C", "reciprocal_integrated_as_log", ""),
    (r"\int \frac{3}{x^2} dx", r"3 \ln(x^2) + C", "reciprocal_integrated_as_log", ""),
    # Integrates the factors of a product separately
    (r"\int x e^x dx", r"\frac{x^2}{2} e^x + C", "integral_of_product_as_product", ""),
    (r"\int x^2 e^x dx", r"\frac{x^3}{3} e^x + C", "integral_of_product_as_product", ""),
    # Moves a factor with the variable out of the integral
    (r"\int x \sin x dx", r"-x\cos x + C", "variable_pulled_out_of_integral", ""),
    (r"\int x \ln x dx", r"\frac{x^2}{2} \ln x + C", "variable_pulled_out_of_integral", ""),
    # Forgets to divide by the inner factor when integrating
    (r"\int e^{4x} dx", "e^{4x} + C", "integral_inner_factor_missing", ""),
    (r"\int \sin(2x) dx", r"-\cos(2x) + C", "integral_inner_factor_missing", ""),
    (r"\int (x^2+1)^2 dx", r"\frac{(x^2+1)^3}{3} + C", "integral_inner_factor_missing", ""),
    (r"\int \frac{1}{2x+1} dx", r"\ln|2x+1| + C", "integral_inner_factor_missing", ""),
    (r"\int e^{-x} dx", "e^{-x} + C", "integral_inner_factor_missing", ""),
    (r"\int (3x-2)^5 dx", r"\frac{(3x-2)^6}{6} + C", "integral_inner_factor_missing", ""),
    (r"\int 5 e^{x/2} dx", "5 e^{x/2} + C", "integral_inner_factor_missing", ""),
    # Multiplies by the inner factor when integrating
    (r"\int \sin(3x) dx", r"-3\cos(3x) + C", "inner_factor_multiplied_in_integral", ""),
    # Forgets the minus in the integral of sine
    (r"\int \sin x + 3 dx", r"\cos x + 3x + C", "integral_of_sine_sign", ""),
    (r"\int \cos x dx", r"-\sin x + C", "integral_of_sine_sign", ""),
    # Subtracts the upper value from the lower one
    (r"\int_1^2 x^3 dx", "-15/4", "bounds_subtracted_in_wrong_order", ""),
    (r"\int_0^{\pi} \sin x dx", "-2", "bounds_subtracted_in_wrong_order", ""),
    (r"\int_1^e \frac{1}{x} dx", "-1", "bounds_subtracted_in_wrong_order", ""),
    (r"\int_1^3 2x dx", "-8", "bounds_subtracted_in_wrong_order", ""),
    # Drops the value at the lower bound
    (r"\int_1^2 x^3 dx", "4", "lower_bound_left_out", ""),
    (r"\int_0^1 e^{2x} dx", "e^2/2", "lower_bound_left_out", ""),
    ("[x^3/3]_1^2", "8/3", "lower_bound_left_out", ""),
    (r"\int_1^4 \sqrt{x} dx", r"\frac{16}{3}", "lower_bound_left_out", ""),
    (r"\int_1^3 2x dx", "9", "lower_bound_left_out", ""),
    # Keeps the old bounds after a substitution
    (r"\int_0^1 2x(x^2+1)^4 dx", r"\int_0^1 u^4 du", "substitution_bounds_not_changed", ""),
    (r"\int_0^2 x(x^2+1)^2 dx", r"\int_0^2 \frac{1}{2}u^2 du", "substitution_bounds_not_changed", ""),
    # Replaces dx by du without the factor
    (r"\int x \cos(x^2) dx", r"\sin(x^2) + C", "substitution_dx_not_replaced", ""),
    (r"\int x^2 (x^3+1)^4 dx", r"\frac{(x^3+1)^5}{5} + C", "substitution_dx_not_replaced", ""),
    # Adds the second integral in integration by parts
    (r"\int x e^x dx", "x e^x + e^x + C", "parts_sign_wrong", ""),
    (r"\int x \cos x dx", r"x \sin x - \cos x + C", "parts_sign_wrong", ""),
    # Lets areas above and below the axis cancel
    (r"\int_{-1}^{3} |x| dx", "4", "area_parts_below_axis_cancel", ""),
    (r"\int_{-2}^{2} |x| dx", "0", "area_parts_below_axis_cancel", ""),
    # Integrates across a point where the function is infinite
    (r"\int_{-1}^{2} \frac{1}{x^2} dx", "-3/2", "integrated_across_infinite_point", ""),
    (r"\int_{-1}^{1} \frac{1}{x^2} dx", r"[-\frac{1}{x}]_{-1}^{1}", "integrated_across_infinite_point", ""),
    # Gives 0/0 a value straight away
    (r"\lim_{x \to 4} \frac{x-4}{\sqrt{x}-2}", "0", "zero_over_zero_given_value", ""),
    # Keeps an added constant when differentiating
    ("f(x) = 4e^{3x} + 2", "f'(x) = 12e^{3x} + 2", "constant_kept_in_derivative", ""),
    # Forgets to square the denominator in the quotient rule
    (r"f(x) = \frac{x^2}{x+1}", r"f'(x) = \frac{2x(x+1) - x^2}{x+1}", "quotient_rule_bottom_not_squared", ""),
    # Forgets the derivative of the inner function
    ("f(x) = (x^2 + 1)^3", "f'(x) = 3(x^2+1)^2", "chain_rule_inner_forgotten", ""),
    ("f(x) = 4e^{3x} + 2", "f'(x) = 4e^{3x}", "chain_rule_inner_forgotten", ""),
    (r"y = 3\sin(2x) - 5x", r"y' = 3\cos(2x) - 5", "chain_rule_inner_forgotten", ""),
    ("f(x) = x^2 e^{-x}", "f'(x) = 2x e^{-x} + x^2 e^{-x}", "chain_rule_inner_forgotten", ""),
]

RIGHT = [
    # before, a line that follows
    ("f(x) = 3x^4", "f'(x) = 12x^3"),
    ("f(x) = x^3 e^x", "f'(x) = 3x^2 e^x + x^3 e^x"),
    ("f(x) = x^3 e^x", "f'(x) = x^2 e^x (3 + x)"),
    (r"f(x) = \frac{x}{x-4}", r"f'(x) = \frac{-4}{(x-4)^2}"),
    (r"f(x) = \sqrt{x^2+3}", r"f'(x) = \frac{x}{\sqrt{x^2+3}}"),
    ("f(x) = x^4", "f'(2) = 32"),
    ("f(x) = x^4", "f''(x) = 12x^2"),
    ("f'(x) = 4x^3", "f''(x) = 12x^2"),
    ("y = 4/x^2", "y' = -8/x^3"),
    ("d/dx (x^2 + y^2)", r"2x + 2y \frac{dy}{dx}"),
    (r"\lim_{x \to 2} \frac{x^2-4}{x-2}", "4"),
    (r"\lim_{x \to 2} \frac{x^2-4}{x-2}", r"\lim_{x \to 2} (x+2)"),
    (r"\lim_{x \to 3} \frac{|x-3|}{x-3}", "undefined"),
    (r"\lim_{x \to 0} \frac{\sin 4x}{x}", "4"),
    (r"\lim_{x \to 0} \frac{\sin 4x}{x}", r"\lim_{x \to 0} 4\cos 4x"),
    (r"\int 3x^2 + 2x \, dx", "x^3 + x^2 + C"),
    (r"\int 3x^2 + 2x \, dx", "x^3 + x^2 + k"),
    (r"\int \sin x \cos x dx", r"\frac{\sin^2 x}{2} + C"),
    (r"\int \sin x \cos x dx", r"-\frac{\cos^2 x}{2} + C"),
    (r"\int \frac{1}{x} dx", r"\ln|x| + C"),
    (r"\int \frac{1}{x} dx", r"\ln x + C"),
    (r"\int \frac{2x}{x^2+1} dx", r"\ln(x^2+1) + C"),
    (r"\int_0^1 2x(x^2+1)^4 dx", r"\int_1^2 u^4 du"),
    (r"\int_0^1 2x(x^2+1)^4 dx", "31/5"),
    (r"\int_1^2 x^3 dx", "15/4"),
    (r"\int_1^2 x^3 dx", "[x^4/4]_1^2"),
    (r"\int_0^2 x^2 dx", "8/3"),
    (r"\int x e^x dx", r"x e^x - \int e^x dx"),
    (r"\int x e^x dx", "(x-1) e^x + C"),
]


@pytest.mark.parametrize(("before", "line", "cause", "problem"), WRONG)
def test_the_error_that_led_to_a_line_comes_first(before: str, line: str, cause: str, problem: str):
    assert is_named(cause, causes_in(problem, before, line))


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_no_rule_accuses_a_line_that_follows(before: str, line: str):
    assert causes_in("", before, line) == []
    assert causes_in(EVERYTHING, before, line) == []


WITHOUT_A_DERIVATIVE = [
    # before                    line              what explains it                       what has no derivative
    ("∫ cos(2x dx)",            "2 sin(2x)",      (),                                    "dx within a function"),
    ("∫ (2x + 1 dx)^3 dx",      "(2x + 1)^4/4",   (),                                    "dx within a power"),
    ("∫ x! dx",                 "x!",             (),                                    "a factorial"),
    ("d/dx (x! sin(3x))",       "3x! cos(x)",     (),                                    "a factor"),
    ("∫ (x!)^3 dx",             "(x!)^4",         ("integral_not_divided_by_exponent",), "the base of a power"),
    ("d/dx sin(floor(x))",      "cos(floor(x))",  ("chain_rule_inner_forgotten",),       "what stands inside"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "line", "named", "why"), WITHOUT_A_DERIVATIVE, ids=[r[3] for r in WITHOUT_A_DERIVATIVE]
)
def test_a_part_without_a_derivative_stops_the_rules_that_need_it_and_no_other(
    before: str, line: str, named: tuple[str, ...], why: str
):
    found = {cause.id for cause in explain((read(before),), read(line))}
    assert found >= set(named), why
    assert bool(found) is bool(named), why
