"""Fractions: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.lines import causes, is_named

WRONG = [
    # before, the student's line, what led to it
    # Adds fractions by adding tops and adding bottoms
    ("2/5 + 1/4", "3/9", "add_tops_and_bottoms"),
    (r"\frac{2}{5}+\frac{1}{4}", r"\frac{3}{9}", "add_tops_and_bottoms"),
    ("x = 2/5 + 1/4", "x = 3/9", "add_tops_and_bottoms"),
    (r"\frac{x}{2}+\frac{x}{5}=7", r"\frac{2x}{7}=7", "add_tops_and_bottoms"),
    (r"\frac{1}{x}+\frac{1}{4}=\frac{1}{2}", r"\frac{2}{x+4}=\frac{1}{2}", "add_tops_and_bottoms"),
    (r"\frac{3}{8}+\frac{1}{6}", r"\frac{4}{14}", "add_tops_and_bottoms"),
    (r"\frac{3}{8}+\frac{1}{6}", r"\frac{2}{7}", "add_tops_and_bottoms"),
    (r"2\frac{1}{3} + 1\frac{1}{2}", r"3\frac{2}{5}", "add_tops_and_bottoms"),
    (r"\frac{2}{x} + \frac{3}{y}", r"\frac{5}{x+y}", "add_tops_and_bottoms"),
    (r"\frac{x}{3} + \frac{x}{4}", r"\frac{2x}{7}", "add_tops_and_bottoms"),
    # Finds the common denominator but leaves the tops as they were
    ("2/5 + 1/4", "3/20", "tops_not_rescaled"),
    ("3/4 - 1/6", "9/12 - 1/12", "tops_not_rescaled"),  # one of the two was rescaled
    (r"\frac{x}{2}+\frac{x}{5}=7", r"\frac{2x}{10}=7", "tops_not_rescaled"),
    (r"\frac{3}{8}+\frac{1}{6}", r"\frac{4}{24}", "tops_not_rescaled"),
    (r"\frac{5}{6}-\frac{1}{4}", r"\frac{4}{12}", "tops_not_rescaled"),
    (r"\frac{x}{3} + \frac{x}{4}", r"\frac{2x}{12}", "tops_not_rescaled"),
    # Subtracts fractions by subtracting tops and bottoms
    ("7/8 - 1/3", "6/5", "subtract_tops_and_bottoms"),
    (r"\frac{5}{6}-\frac{1}{4}", r"\frac{4}{2}", "subtract_tops_and_bottoms"),
    # Keeps the common denominator when multiplying
    ("(3/7)*(2/7)", "6/7", "product_keeps_denominator"),
    # Multiplies tops but adds bottoms
    ("(3/4)*(1/5)", "3/9", "multiply_like_add"),
    # Cross-multiplies when a product of fractions is asked
    ("(3/4)*(1/5)", "15/4", "cross_multiplied_product"),
    (r"\frac{2}{3} \times \frac{5}{7}", r"\frac{14}{15}", "cross_multiplied_product"),
    # Turns the first fraction upside down when dividing
    ("(3/4)/(2/5)", "8/15", "invert_wrong_fraction"),
    (r"\frac{5}{9} \div \frac{2}{3}", r"\frac{18}{15}", "invert_wrong_fraction"),
    # Changes division to multiplication without inverting
    ("(3/4)/(2/5)", "6/20", "invert_not_applied"),
    (r"\frac{2}{3} \div 4", r"\frac{8}{3}", "invert_not_applied"),
    (r"\frac{2}{3} \div \frac{5}{7}", r"\frac{10}{21}", "invert_not_applied"),
    (r"\frac{5}{9} \div \frac{2}{3}", r"\frac{10}{27}", "invert_not_applied"),
    # Turns both fractions upside down when dividing
    ("(3/4)/(2/5)", "20/6", "invert_both_fractions"),
    # Multiplies top and bottom by a whole number
    ("5*(2/7)", "10/35", "whole_number_multiplies_both"),
    ("4*2/9", "8/36", "whole_number_multiplies_both"),
    (r"3 \times \frac{4}{9}", r"\frac{12}{27}", "whole_number_multiplies_both"),
    # Adds the same number to top and bottom to get an equal fraction
    ("3/5", "5/7", "equivalent_by_adding"),
    # Strikes out a digit that appears above and below
    ("26/62", "2/2", "cancel_shared_digits"),
    # Adds the whole number to the top when converting a mixed number
    ("3 + 1/4", "4/4", "mixed_number_top_added"),
    (r"2\frac{1}{4}", r"\frac{3}{4}", "mixed_number_top_added"),
    (r"7 - \frac{3}{4}", r"\frac{4}{4}", "mixed_number_top_added"),
    # Multiplies mixed numbers whole by whole and fraction by fraction
    ("(3 + 1/2)*(2 + 1/4)", "6 + 1/8", "mixed_numbers_multiplied_by_parts"),
    (r"1\frac{1}{2} \times 2\frac{1}{3}", r"2\frac{1}{6}", "mixed_numbers_multiplied_by_parts"),
    # Copies the fraction part when subtracting it from a whole number
    ("6 - (2 + 1/4)", "4 + 1/4", "whole_minus_mixed_copies_fraction"),
    (r"5 - 2\frac{3}{8}", r"3\frac{3}{8}", "whole_minus_mixed_copies_fraction"),
    # Says that equal top and bottom cancel to zero
    ("5x/5 + 7/7", "x", "equal_parts_cancel_to_zero"),
    # Moves the brackets in a stacked fraction
    ("20/(10/2)", "1", "nested_fraction_regrouped"),
]

RIGHT = [
    ("2/5 + 1/4", "13/20"),
    ("2/5 + 1/4", "8/20 + 5/20"),
    ("2/5 + 1/4", "0.65"),
    ("(3/4)/(2/5)", "(3/4)*(5/2)"),
    ("(3/4)/(2/5)", "15/8"),
    ("5*(2/7)", "10/7"),
    ("3/5", "6/10"),
    ("3 + 1/4", "13/4"),
]


@pytest.mark.parametrize(("before", "line", "cause"), WRONG)
def test_a_wrong_line_is_explained_by_the_error_that_a_teacher_would_name(before: str, line: str, cause: str):
    assert is_named(cause, causes(before, line)), causes(before, line)[:4]


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_a_right_line_is_accused_by_no_rule(before: str, line: str):
    assert causes(before, line) == []
