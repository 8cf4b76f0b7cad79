"""Trigonometry: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.lines import causes, is_named

WRONG = [
    # before, the student's line, what led to it
    # Splits sine or cosine of a sum
    ("sin(x + pi/4)", "sin(x) + sin(pi/4)", "trig_of_sum_split"),
    ("cos(A - B)", "cos(A) - cos(B)", "trig_of_sum_split"),
    (r"\sin(x+y)", r"\sin x+\sin y", "trig_of_sum_split"),
    (r"\sin(60°+30°)", r"\sin 60° + \sin 30°", "trig_of_sum_split"),
    (r"\cos(x + 60°)", r"\cos x + \frac{1}{2}", "trig_of_sum_split"),
    # Pulls a factor out of the argument of sine or cosine
    ("sin 3x", "3 sin x", "trig_multiple_pulled_out"),
    ("cos(2x) = 1", "2cos(x) = 1", "trig_multiple_pulled_out"),
    (r"\tan(2x)", r"2\tan x", "trig_multiple_pulled_out"),
    (r"\sin 2x = 1", r"\sin x = \frac{1}{2}", "trig_multiple_pulled_out"),
    (r"\sin 2x = 1", r"2\sin x = 1", "trig_multiple_pulled_out"),
    # Cancels a factor between the argument and the denominator
    ("sin(4x)/2", "sin(2x)", "trig_argument_cancelled"),
    (r"\frac{\sin 2x}{2}", r"\sin x", "trig_argument_cancelled"),
    (r"\frac{\sin 3x}{\sin x}", "3", "trig_argument_cancelled"),
    # Reads the inverse sine as one over sine
    ("arcsin(0.4)", "1/sin(0.4)", "inverse_trig_as_reciprocal"),
    (r"\sin^{-1}(0.5)", r"\frac{1}{\sin(0.5)}", "inverse_trig_as_reciprocal"),
    # Pairs secant with sine and cosecant with cosine
    ("csc(x)", "1/cos(x)", "reciprocal_trig_mixed_up"),
    (r"\sec(\theta)", r"\frac{1}{\sin\theta}", "reciprocal_trig_mixed_up"),
    # Evaluates an angle in degrees as if it were in radians
    ("sin(45°)", "0.851", "degrees_entered_as_radians"),
    ("x = 5 sin(30°)", "x = -4.94", "degrees_entered_as_radians"),
    (r"x = 12\cos(25°)", "x = 11.9", "degrees_entered_as_radians"),
    (r"a = 12 \sin 50°", "a = -3.15", "degrees_entered_as_radians"),
    # Evaluates an angle in radians as if it were in degrees
    ("cos(1.2)", "0.9998", "radians_entered_as_degrees"),
    # Converts between degrees and radians with the factor upside down
    ("90°", "5157 rad", "degree_radian_factor_upside_down"),
    # Uses the Pythagorean identity without the squares
    ("sin(x) + cos(x) = y", "1 = y", "sine_plus_cosine_is_one"),
    (r"1 - \sin^2 x", r"\cos x", "sine_plus_cosine_is_one"),
    (r"\sqrt{1-\cos^2 x}", r"1 - \cos x", "sine_plus_cosine_is_one"),
    # Moves the square of a function value onto the angle
    ("cos(x)^2", "cos(x^2)", "trig_square_moved_inside"),
    (r"\sin^2 x + \cos^2 x", r"\sin(x^2) + \cos(x^2)", "trig_square_moved_inside"),
    # Pulls a minus out of the cosine
    ("cos(-2x)", "-cos(2x)", "cosine_treated_as_odd"),
    # Divides a trigonometric equation by a factor that can be zero
    ("sin(x) cos(x) = cos(x)", "sin(x) = 1", "trig_factor_divided_away"),
    (r"2\sin^2(x) = \sin(x)", r"2\sin(x) = 1", "trig_factor_divided_away"),
    # Uses sine for the side next to the angle
    ("b = 8*cos(35°)", "b = 4.59", "sine_cosine_swapped_in_triangle"),
    (r"x = 12\cos(25°)", "x = 5.07", "sine_cosine_swapped_in_triangle"),
    (r"a = 12 \sin 50°", "a = 7.71", "sine_cosine_swapped_in_triangle"),
    # Multiplies by the ratio when the hypotenuse is wanted
    ("c = 6/sin(40°)", "c = 3.86", "hypotenuse_multiplied_by_ratio"),
    (r"h = \frac{7}{\tan 40°}", "h = 5.87", "hypotenuse_multiplied_by_ratio"),
    # Subtracts before multiplying by the cosine in the cosine rule
    ("6^2 + 9^2 - 2*6*9*cos(60°)", "4.5", "cosine_rule_grouped_wrongly"),
    ("c^2 = 6^2 + 9^2 - 2*6*9*cos(60°)", "c^2 = 4.5", "cosine_rule_grouped_wrongly"),
    ("c^2 = 5^2 + 7^2 - 2*5*7*cos(50°)", "c^2 = 2.57", "cosine_rule_grouped_wrongly"),
]

RIGHT = [
    ("sin(2x)", "2 sin(x) cos(x)"),
    ("sin(x + pi/4)", "sin(x)cos(pi/4) + cos(x)sin(pi/4)"),
    ("csc(x)", "1/sin(x)"),
    ("sin(30°)", "0.5"),
    ("sin(45°)", "0.707"),
    ("cos(-2x)", "cos(2x)"),
    ("90°", "pi/2"),
    ("sin(x) = 1/2", "x = pi/6 or x = 5pi/6"),
    ("0 <= x < 2pi; sin(x) = 1/2", "x = pi/6 or x = 5pi/6"),
    ("6^2 + 9^2 - 2*6*9*cos(60°)", "63"),
]


@pytest.mark.parametrize(("before", "line", "cause"), WRONG)
def test_a_wrong_line_is_explained_by_the_error_that_a_teacher_would_name(before: str, line: str, cause: str):
    assert is_named(cause, causes(before, line)), causes(before, line)[:4]


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_a_right_line_is_accused_by_no_rule(before: str, line: str):
    assert causes(before, line) == []
