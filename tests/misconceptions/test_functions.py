"""Functions and shapes: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.situations import EVERYTHING, causes_in, is_named

WRONG = [
    # before, the student's line, what led to it, the problem
    # Treats every function as if it could be given to each term
    ("(3 + h)^2 + 2", "9 + 2 + h^2 + 2", "function_of_sum_split", "f(x) = x^2 + 2; find f(3 + h)"),
    ("(1+h)^2 - 3(1+h)", "-2 + h^2 - 3h", "function_of_sum_split", "f(x) = x^2 - 3x, find f(1 + h)"),
    # Adds the increment after evaluating the function
    ("(x+h)^2 + 1", "x^2 + 1 + h", "increment_added_outside", "f(x) = x^2+1, find f(x+h)"),
    ("1/(x + h)", "1/x + h", "increment_added_outside", "f(x) = 1/x, find f(x+h)"),
    ("2(x+h)^2", "2x^2 + h", "increment_added_outside", "f(x) = 2x^2, find f(x+h)"),
    # Reads the inverse of a function as its reciprocal
    ("y = 3x - 5", r"x = \frac{1}{3y - 5}", "inverse_function_as_reciprocal", ""),
    ("f(x) = 3x - 5", r"f^{-1}(x) = \frac{1}{3x-5}", "inverse_function_as_reciprocal", ""),
    ("f(x) = x^3 + 1", r"f^{-1}(x) = \frac{1}{x^3+1}", "inverse_function_as_reciprocal", ""),
    # Multiplies two functions instead of composing them
    ("(2x - 1)^3", "x^3(2x - 1)", "composition_as_product", "f(x) = x^3, g(x) = 2x-1, f(g(x))"),
    (r"\sqrt{x+4}", r"\sqrt{x}(x+4)", "composition_as_product", "f(x) = sqrt(x), g(x)=x+4; f(g(x))"),
    # Composes two functions in the wrong order
    ("(2x - 1)^3", "2x^3 - 1", "composition_order_swapped", "f(x) = x^3, g(x) = 2x-1, f(g(x))"),
    ("3(x+2) - 1", "3x - 1 + 2", "composition_order_swapped", "f(x) = 3x-1, g(x)=x+2, find f(g(x))"),
    ("2(3x+1)^2", "3(2x^2) + 1", "composition_order_swapped", "f(x) = 2x^2, g(x) = 3x+1; f(g(x))"),
    # Divides run by rise for a slope
    ("m = (9 - 1)/(5 - 1)", "m = 1/2", "slope_upside_down", "slope through (1,1) and (5,9)"),
    (r"m = \frac{-2-4}{3-1}", r"m = -\frac{1}{3}", "slope_upside_down", "slope of the line"),
    # Takes the two differences of a slope in opposite order
    (r"m = \frac{9-1}{5-1}", "m = -2", "slope_order_mixed", "slope through (1,1) and (5,9)"),
    (r"m = \frac{-2-4}{3-1}", "m = 3", "slope_order_mixed", "slope of the line"),
    # Changes only the sign for the slope of a perpendicular line
    ("3k = -1", "k = -3", "perpendicular_slope_only_sign", "perpendicular slope"),
    (r"\frac{2}{3} \cdot m = -1", r"m = -\frac{2}{3}", "perpendicular_slope_only_sign", "perpendicular line"),
    # Adds the squares although a shorter side is wanted
    ("x^2 + 8^2 = 17^2", "x^2 = 353", "pythagoras_leg_as_hypotenuse", ""),
    ("b^2 + 3^2 = 5^2", r"b = \sqrt{34}", "pythagoras_leg_as_hypotenuse", ""),
    (r"c = \sqrt{13^2 - 12^2}", r"c = \sqrt{313}", "pythagoras_leg_as_hypotenuse", "the other leg"),
    ("a^2 + 7^2 = 25^2", "a^2 = 674", "pythagoras_leg_as_hypotenuse", ""),
    ("x^2 + 15^2 = 17^2", "x^2 = 514", "pythagoras_leg_as_hypotenuse", "other leg of the triangle"),
    # Leaves out the half in the area of a triangle
    (r"A = \frac{8 \cdot 5}{2}", "A = 40", "triangle_area_half_forgotten", "triangle"),
    (r"A = \frac{1}{2} \cdot 8 \cdot 5", "A = 40", "triangle_area_half_forgotten", "triangle"),
    (r"A = \frac{1}{2} b h; b = 6; h = 5", "A = 30", "triangle_area_half_forgotten", "area of a triangle"),
    (r"A = \frac{1}{2} \cdot 10 \cdot 6", "A = 60", "triangle_area_half_forgotten", "Area of the triangle"),
    # Uses the diameter where the radius belongs
    ("d = 10 cm; A = pi*(d/2)^2", "A = 314 cm^2", "radius_and_diameter_confused", ""),
    (r"A = \pi \cdot 4^2", "A = 201", "radius_and_diameter_confused", ""),
    ("r = 4 m; V = 4/3*pi*r^3", "V = 2145 m^3", "radius_and_diameter_confused", ""),
    (r"d = 8; A = \pi (\frac{d}{2})^2", "A = 201.1", "radius_and_diameter_confused", ""),
    (r"U = \pi \cdot 8", r"U = 8\pi \cdot 2", "radius_and_diameter_confused", ""),
    (r"V = \frac{4}{3}\pi \cdot 3^3", "V = 904.8", "radius_and_diameter_confused", ""),
    # Swaps the formulas for circumference and area
    ("r = 4 cm; A = pi*r^2", "A = 25.1 cm", "circumference_and_area_swapped", ""),
    (r"A = \pi \cdot 6^2", r"A = 12\pi", "circumference_and_area_swapped", ""),
    (r"U = 2 \pi \cdot 5", r"U = 25\pi", "circumference_and_area_swapped", ""),
    (r"A = \pi r^2; r = 5", "A = 31.4", "circumference_and_area_swapped", ""),
    (r"C = 2\pi r; r = 4", "C = 50.3", "circumference_and_area_swapped", ""),
    # Gives the perimeter when the area is asked, or the reverse
    ("a = 6 m; b = 2 m; A = a*b", "A = 16 m", "perimeter_and_area_swapped", "area of a room"),
    ("P = 2(6+2)", "P = 12", "perimeter_and_area_swapped", "perimeter of a rectangle"),
    (r"A = 6 \cdot 4", "A = 20", "perimeter_and_area_swapped", "area of a rectangle"),
    # Scales an area or volume by the length factor
    ("A = 12 cm^2; k = 4; B = A*k^2", "B = 48 cm^2", "area_scaled_linearly", "enlarged"),
]

RIGHT = [
    # before, a line that follows
    ("(x+h)^2 + 1", "x^2 + 2xh + h^2 + 1"),
    ("y = 3x - 5", "x = (y + 5)/3"),
    ("(2x - 1)^3", "8x^3 - 12x^2 + 6x - 1"),
    ("m = (9 - 1)/(5 - 1)", "m = 2"),
    (r"A = \frac{8 \cdot 5}{2}", "A = 20"),
    (r"A = \pi \cdot 6^2", "A = 113.1"),
    (r"A = \pi \cdot 6^2", r"A = 36\pi"),
]


@pytest.mark.parametrize(("before", "line", "cause", "problem"), WRONG)
def test_the_error_that_led_to_a_line_comes_first(before: str, line: str, cause: str, problem: str):
    assert is_named(cause, causes_in(problem, before, line))


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_no_rule_accuses_a_line_that_follows(before: str, line: str):
    assert causes_in("", before, line) == []
    assert causes_in(EVERYTHING, before, line) == []
