"""Ranges, turning points, integers between bounds."""

from fractions import Fraction

import pytest

from tutor.syntax.printer import to_text
from tutor.syntax.read import read
from tutor.verify.bounds import holds_at, integers_among, is_bound, newcomer, turning_points

BOUNDS = [
    ("w > 0", True, "one side"),
    ("0 ≤ x ≤ 2π", True, "two sides"),
    ("2x < 3", False, "something to be solved"),
    ("x < y", False, "two letters"),
    ("x = 3", False, "a value"),
]


@pytest.mark.parametrize(("statement", "bound", "why"), BOUNDS)
def test_a_bound_has_the_unknown_alone(statement: str, bound: bool, why: str) -> None:
    assert is_bound(read(statement)) is bound, why


def test_an_inequality_turns_where_its_sides_are_equal_or_a_denominator_is_zero() -> None:
    found = [to_text(each) for each in turning_points(read("(x + 1)/(x - 2) < 0"))]
    assert found == ["(x + 1)/(x - 2) = 0", "(x + 1) = 0", "(x - 2) = 0", "(x + 1)*(x - 2) = 0"]


def test_a_statement_at_a_number() -> None:
    assert holds_at(read("-2 < 3n - 1 ≤ 8"), "n", Fraction(3)) is True
    assert holds_at(read("1/n < 3"), "n", Fraction(0)) is False
    assert holds_at(read("sqrt(n) < 3"), "n", Fraction(2)) is None


def test_the_number_that_an_inequality_lets_in() -> None:
    assert newcomer(read("(x + 1)/(x - 2) > 3"), read("x + 1 > 3(x - 2)"), "x") == 0
    assert newcomer(read("x > 1"), read("2x > 2"), "x") is None


INTEGERS = [
    ("-1 < 3n ≤ 9", "n = 0 or n = 1 or n = 2 or n = 3", True, "all of them"),
    ("-1 < 3n ≤ 9", "n = 1 or n = 2 or n = 3", False, "one is left out"),
    ("-1 < 3n < 9", "n = 0 or n = 1 or n = 2 or n = 3", False, "one too many"),
    ("-1 < 3n ≤ 9", "n = 1/2", False, "no integer"),
]


@pytest.mark.parametrize(("inequality", "listed", "right", "why"), INTEGERS)
def test_the_integers_among_the_solutions(inequality: str, listed: str, right: bool, why: str) -> None:
    assert integers_among(read(inequality), read(listed), "n") is right, why
