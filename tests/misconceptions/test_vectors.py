"""Vectors, matrices and complex numbers: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.situations import EVERYTHING, causes_in, is_named

WRONG = [
    # before, the student's line, what led to it, the problem
    # Adds the lengths of vectors instead of the vectors
    ("|(5, 12) + (0, 1)|", "14", "vector_lengths_added", ""),
    # Adds the components to get the length of a vector
    ("|(6, 8)|", "14", "vector_length_components_added", ""),
    ("|(2, 2, 1)|", "5", "vector_length_components_added", ""),
    (r"|\begin{pmatrix}5\\-12\end{pmatrix}|", "-7", "vector_length_components_added", ""),
    # Subtracts the square of a negative component
    ("|(5, -4)|", "3", "vector_length_sign_kept", ""),
    # Writes the dot product as a vector
    ("(1, 4)·(2, 3)", "(2, 12)", "dot_product_left_as_vector", ""),
    (
        r"\begin{pmatrix}1\\2\\0\end{pmatrix} \cdot \begin{pmatrix}3\\1\\5\end{pmatrix}",
        r"\begin{pmatrix}3\\2\\0\end{pmatrix}",
        "dot_product_left_as_vector",
        "",
    ),
    (
        r"\begin{pmatrix}1\\2\end{pmatrix} \cdot \begin{pmatrix}3\\4\end{pmatrix}",
        r"\begin{pmatrix}3\\8\end{pmatrix}",
        "dot_product_left_as_vector",
        "",
    ),
    # Multiplies the lengths without the cosine of the angle
    ("6*3*cos(60°)", "18", "dot_product_cosine_left_out", ""),
    # Uses the wrong sign in the middle component of a cross product
    (
        r"\begin{pmatrix}2\\1\\3\end{pmatrix} \times \begin{pmatrix}1\\0\\2\end{pmatrix}",
        r"\begin{pmatrix}2\\1\\-1\end{pmatrix}",
        "cross_product_middle_sign",
        "",
    ),
    ("(1,0,2) × (3,1,1)", "(-2, -5, 1)", "cross_product_middle_sign", ""),
    # Multiplies matrices entry by entry
    (
        r"\begin{pmatrix}2&1\\0&3\end{pmatrix}\begin{pmatrix}1&4\\2&5\end{pmatrix}",
        r"\begin{pmatrix}2&4\\0&15\end{pmatrix}",
        "matrix_product_entrywise",
        "",
    ),
    (
        r"\begin{pmatrix}2&1\\0&3\end{pmatrix}^2",
        r"\begin{pmatrix}4&1\\0&9\end{pmatrix}",
        "matrix_product_entrywise",
        "",
    ),
    # Changes the order of a matrix product
    (
        r"\begin{pmatrix}2&1\\0&3\end{pmatrix}\begin{pmatrix}1&4\\2&5\end{pmatrix}",
        r"\begin{pmatrix}2&13\\4&17\end{pmatrix}",
        "matrix_product_commuted",
        "",
    ),
    # Expands the square of a matrix sum as for numbers
    (
        r"(\begin{pmatrix}1&2\\0&1\end{pmatrix} + \begin{pmatrix}0&1\\1&0\end{pmatrix})^2",
        r"\begin{pmatrix}6&6\\2&2\end{pmatrix}",
        "matrix_square_of_sum_expanded",
        "",
    ),
    # Adds the diagonal products of a determinant
    (r"\begin{vmatrix}3&1\\2&4\end{vmatrix}", "14", "determinant_plus_between_products", ""),
    (r"\det\begin{pmatrix}3&1\\2&4\end{pmatrix}", "14", "determinant_plus_between_products", ""),
    # Takes a common factor out of a determinant only once
    (r"\det(2\begin{pmatrix}1&2\\3&4\end{pmatrix})", "-4", "determinant_scaled_once", ""),
    # Inverts a matrix entry by entry
    (
        r"\begin{pmatrix}2&4\\1&5\end{pmatrix}^{-1}",
        r"\begin{pmatrix}1/2&1/4\\1&1/5\end{pmatrix}",
        "matrix_inverse_entrywise",
        "",
    ),
    # Takes i squared as plus one
    ("(3 + 2i)(1 - i)", "1 - i", "i_squared_positive", ""),
    ("(4i)^2", "16", "i_squared_positive", ""),
    ("i^2 + 5", "6", "i_squared_positive", ""),
    ("z = (2+i)^2", "z = 5 + 4i", "i_squared_positive", ""),
    ("(2 + 3i)^2", "13 + 12i", "i_squared_positive", ""),
    ("z = (1+2i)(3-i)", "z = 1 + 5i", "i_squared_positive", ""),
    ("i^3", "i", "i_squared_positive", ""),
    ("(x + 2i)(x - 2i)", "x^2 - 4", "i_squared_positive", ""),
    # Multiplies roots of negative numbers under one root
    (r"\sqrt{-3}\sqrt{-12}", "6", "roots_of_negatives_multiplied", ""),
    (r"\sqrt{-4} \cdot \sqrt{-25}", "10", "roots_of_negatives_multiplied", ""),
    # Squares i as well when finding the modulus
    ("|10 + 6i|", "8", "modulus_keeps_i", ""),
    ("|z| = |3 - 5i|", r"|z| = \sqrt{-16}", "modulus_keeps_i", ""),
    # Changes both signs for the conjugate
    (r"\overline{2 - 5i}", "-2 + 5i", "conjugate_changes_both_signs", ""),
    # Divides complex numbers part by part
    (r"\frac{8+6i}{4+3i}", "2 + 2i", "complex_quotient_by_parts", ""),
    (r"\frac{8+9i}{4+3i}", "2 + 3i", "complex_quotient_by_parts", ""),
    (r"\frac{2+6i}{1+2i}", "2 + 3i", "complex_quotient_by_parts", ""),
    # Takes the arctangent without looking at the quadrant
    ("arg(-2 + 2i)", r"-\pi/4", "argument_quadrant_ignored", ""),
]

RIGHT = [
    # before, a line that follows
    ("|(6, 8)|", "10"),
    ("(1, 4)·(2, 3)", "14"),
    ("(3 + 2i)(1 - i)", "5 - i"),
    ("|10 + 6i|", r"\sqrt{136}"),
    (r"\overline{2 - 5i}", "2 + 5i"),
    ("arg(-2 + 2i)", r"3\pi/4"),
    (r"\begin{vmatrix}3&1\\2&4\end{vmatrix}", "10"),
]


@pytest.mark.parametrize(("before", "line", "cause", "problem"), WRONG)
def test_the_error_that_led_to_a_line_comes_first(before: str, line: str, cause: str, problem: str):
    assert is_named(cause, causes_in(problem, before, line))


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_no_rule_accuses_a_line_that_follows(before: str, line: str):
    assert causes_in("", before, line) == []
    assert causes_in(EVERYTHING, before, line) == []
