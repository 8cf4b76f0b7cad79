"""Matrices and vectors, entry by entry."""

from __future__ import annotations

import pytest

from tests.verify.asking import finding, relation, setting_of, verdict

A = "A = [[1,2],[3,4]]"
AB = "A = [[1,2],[3,4]]; B = [[0,1],[1,0]]"

MATRICES = [
    # line                                                       known  verdict      why it is here
    ("[[1,2],[3,4]] + [[5,6],[7,8]] = [[6,8],[10,12]]", "", "correct", "a sum"),
    ("[[1,2],[3,4]] + [[5,6],[7,8]] = [[6,8],[10,13]]", "", "wrong", "a sum, one entry slipped"),
    ("[[1,2],[3,4]] - [[5,6],[7,8]] = [[-4,-4],[-4,-4]]", "", "correct", "a difference"),
    ("3[[1,2],[3,4]] = [[3,6],[9,12]]", "", "correct", "times a number"),
    ("3[[1,2],[3,4]] = [[3,2],[3,4]]", "", "wrong", "only one entry multiplied"),
    ("[[1,2],[3,4]] [[1],[2]] = [[5],[11]]", "", "correct", "matrix times column"),
    ("[[1,2],[3,4]] [[5,6],[7,8]] = [[19,22],[43,50]]", "", "correct", "a product"),
    ("[[1,2],[3,4]] [[5,6],[7,8]] = [[5,12],[21,32]]", "", "wrong", "multiplied entry by entry"),
    ("A B = [[2,1],[4,3]]", AB, "correct", "known matrices"),
    ("B A = [[3,4],[1,2]]", AB, "correct", "the other order"),
    ("A B = [[3,4],[1,2]]", AB, "wrong", "the other order's result"),
    ("A^2 = [[7,10],[15,22]]", A, "correct", "a power"),
    ("A^2 = [[1,4],[9,16]]", A, "wrong", "entries squared"),
    ("A^T = [[1,3],[2,4]]", A, "correct", "the transpose"),
    ("A^T = [[4,2],[3,1]]", A, "wrong", "turned round instead"),
    ("A^-1 = [[-2,1],[3/2,-1/2]]", A, "correct", "the inverse"),
    ("A^-1 = -1/2 [[4,-2],[-3,1]]", A, "correct", "the inverse with the factor outside"),
    ("A^-1 = [[4,-2],[-3,1]]", A, "wrong", "not divided by the determinant"),
    ("A^-1 = [[1,1/2],[1/3,1/4]]", A, "wrong", "entries inverted"),
    ("det(A) = -2", A, "correct", "a determinant"),
    ("det(A) = 10", A, "wrong", "a determinant with a plus"),
    ("det(A) = 1·4 - 2·3 = -2", A, "correct", "a determinant worked out"),
    ("det([[1,2,3],[0,1,4],[5,6,0]]) = 1", "", "correct", "3 by 3"),
    ("det([[a,b],[c,d]]) = a d - b c", "", "correct", "letters"),
    ("det([[a,b],[c,d]]) = a d + b c", "", "wrong", "letters, sign lost"),
    ("tr(A) = 5", A, "correct", "a trace"),
    ("det(A - λ I) = λ^2 - 5λ - 2", A, "correct", "a characteristic polynomial"),
    ("det(A - λ I) = λ^2 - 5λ + 2", A, "wrong", "a characteristic polynomial, sign slip"),
    ("[[1,2],[3,4]] [[1,2,3]] = [[1,2,3]]", "", "wrong", "shapes that do not fit"),
    ("[[1,2],[3,4]] + [[1],[2]] = [[2,3],[5,6]]", "", "wrong", "shapes that do not fit"),
    ("[[1,2],[2,4]]^-1 = [[1,0],[0,1]]", "", "wrong", "no inverse"),
    ("[[1,2],[3,4]] [[x],[y]] = [[x + 2y],[3x + 4y]]", "", "correct", "letters in a column"),
    ("[[x,2],[3,4]] = [[5,2],[3,4]]", "", "undecided", "says what x is"),
    ("A A^-1 = I", A, "correct", "the unit matrix"),
    ("[[1,2],[3,4]] v = 0", "", "undecided", "v may be a vector, 0 the zero vector"),
    ("[[1,2],[3,4]] - [[1,2],[3,4]] = 0", "", "correct", "0 is the zero matrix"),
    ("[[1,2],[3,4]] - [[1,2],[3,3]] = 0", "", "wrong", "not the zero matrix"),
    ("k [[1,2],[3,4]] = [[k,2k],[3k,4k]]", "", "correct", "a letter as a factor"),
    ("M [[1,2],[3,4]] = [[1],[2]]", "", "undecided", "M is not known"),
    ("[[0.5,1],[2,3]] = [[1/2,1],[2,3]]", "", "correct", "a decimal"),
]

VECTORS = [
    ("(1,2,3) + (4,5,6) = (5,7,9)", "", "correct", "a sum"),
    ("(1,2,3)·(4,5,6) = 32", "", "correct", "a dot product"),
    ("(1,2,3)·(4,5,6) = (4,10,18)", "", "wrong", "a dot product is a number"),
    ("(1,2,3)·(4,5,6) = 4 + 10 + 18 = 32", "", "correct", "worked out"),
    ("(1,2,3)·(4,5,6) = 30", "", "wrong", "miscalculated"),
    ("(1,0,0)×(0,1,0) = (0,0,1)", "", "correct", "a cross product"),
    ("(1,0,0)×(0,1,0) = (0,0,-1)", "", "wrong", "a cross product the wrong way round"),
    ("|(3,4)| = 5", "", "correct", "a length"),
    ("|(3,4)| = 7", "", "wrong", "components added"),
    ("|(3,4)| = sqrt(3^2 + 4^2) = sqrt(25) = 5", "", "correct", "a length worked out"),
    ("2(1,3) = (2,6)", "", "correct", "a multiple"),
    ("2(1,3) = (2,3)", "", "wrong", "only one component multiplied"),
    ("v + w = (4,1)", "v = (1,3); w = (3,-2)", "correct", "known vectors"),
    ("v·w = -3", "v = (1,3); w = (3,-2)", "correct", "known vectors"),
    ("|v| = sqrt(10)", "v = (1,3)", "correct", "an irrational length"),
    ("v/|v| = (1/sqrt(10), 3/sqrt(10))", "v = (1,3)", "correct", "a unit vector"),
    ("(1,2)·(3,4,5) = 11", "", "wrong", "lengths that do not fit"),
    ("(3i + 4j) + (i - 2j) = 4i + 2j", "", "correct", "in terms of i and j"),
    ("(3i + 4j) + (i - 2j) = 4i + 6j", "", "wrong", "in terms of i and j, sign lost"),
    ("|3i + 4j| = 5", "", "correct", "a length in terms of i and j"),
    ("⟨1,2⟩ - ⟨3,1⟩ = ⟨-2,1⟩", "", "correct", "angle brackets"),
]


@pytest.mark.parametrize(("line", "known", "expected", "why"), MATRICES)
def test_a_line_with_matrices(line: str, known: str, expected: str, why: str) -> None:
    assert verdict(line, known) == expected, why


@pytest.mark.parametrize(("line", "known", "expected", "why"), VECTORS)
def test_a_line_with_vectors(line: str, known: str, expected: str, why: str) -> None:
    assert verdict(line, known) == expected, why


ROW_OPERATIONS = [
    ("[[1,2,3],[4,5,6]]", "[[1,2,3],[0,-3,-6]]", "correct", "row 2 - 4 row 1"),
    ("[[1,2,3],[0,-3,-6]]", "[[1,2,3],[0,1,2]]", "correct", "row 2 divided"),
    ("[[1,2,3],[4,5,6]]", "[[4,5,6],[1,2,3]]", "correct", "rows swapped"),
    ("[[1,2,3],[4,5,6]]", "[[1,2,3],[0,-3,6]]", "wrong", "sign lost in the last column"),
]


@pytest.mark.parametrize(("before", "after", "expected", "why"), ROW_OPERATIONS)
def test_row_operations(before: str, after: str, expected: str, why: str) -> None:
    assert str(relation(before, after).evidence.verdict) == expected, why


def test_the_entry_that_differs_is_named() -> None:
    evidence = finding("A^2 = [[7,10],[15,21]]", setting_of(A)).evidence
    assert evidence.left == "22"
    assert "row 2, column 2" in evidence.left_text


def test_a_shape_that_does_not_fit_is_explained() -> None:
    evidence = finding("[[1,2],[3,4]] [[1,2,3]] = [[1,2,3]]").evidence
    assert "2 columns do not match 1 rows" in evidence.left
