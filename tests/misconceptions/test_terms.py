"""Lines taken apart, right steps that may come before a slip, and points that tell two lines apart."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.misconceptions.patterns import plain
from tutor.misconceptions.right_moves import right_moves
from tutor.misconceptions.terms import number, polynomial, roots, split, times, value
from tutor.misconceptions.trying import can_be_same
from tutor.syntax.printer import to_text
from tutor.syntax.read import read
from tutor.syntax.tree import Expr, Statement
from tutor.verify.domains import decide
from tutor.verify.tasks import Relate


def tree(text: str) -> Statement:
    return plain(read(text))


def expr(text: str) -> Expr:
    found = tree(text)
    assert isinstance(found, Expr)
    return found


SPLIT = [
    # term      coefficient      the rest    why it is here
    ("3x^2", Fraction(3), "x^2", "the number in front"),
    ("-x/4", Fraction(-1, 4), "x", "a denominator is a coefficient, too"),
    ("-5", Fraction(-5), "1", "a number alone"),
    ("2(x + 1)/3", Fraction(2, 3), "x + 1", "a bracket is kept whole"),
    ("6/x", Fraction(6), "1/x", "the unknown below"),
]


@pytest.mark.parametrize(("term", "found", "rest", "why"), SPLIT)
def test_a_term_is_a_number_times_the_rest(term: str, found: Fraction, rest: str, why: str):
    assert split(expr(term)) == (found, expr(rest)), why
    assert polynomial(times(found, expr(rest)), "x") == polynomial(expr(term), "x")


ROOTS = [
    # polynomial                  roots
    ("x^2 - 5x + 6", ["3", "2"]),
    ("x^3 - 4x", ["0", "2", "-2"]),
    ("x^2 - 2", ["sqrt(8)/2", "-sqrt(8)/2"]),
    ("x^2 + 1", []),
    ("4x - 3", ["3/4"]),
]


@pytest.mark.parametrize(("line", "expected"), ROOTS)
def test_the_real_roots_of_a_polynomial_are_all_found(line: str, expected: list[str]):
    coefficients = polynomial(expr(line), "x")
    assert coefficients is not None
    found = roots(coefficients)
    assert found is not None
    assert len(found) == len(expected)
    assert {value(r) for r in found} == {value(expr(e)) for e in expected}


@pytest.mark.parametrize("n", [Fraction(0), Fraction(-3), Fraction(2, 7), Fraction(-2, 7)])
def test_a_number_is_written_as_what_it_is(n: Fraction):
    assert value(number(n)) == n


MOVES = [
    # line                            a right step            why it is here
    ("(x+1)/2 + (x-1)/3 = 4", "3(x + 1) + 2(x - 1) = 24", "numbers below"),
    ("3x/(x+2) = 4", "3x = 4(x + 2)", "a sum below"),
    ("sqrt(3x + 1) = x - 1", "3x + 1 = (x - 1)^2", "both sides squared"),
    ("x^2 + 6x + 9 = 25", "(x + 3)^2 = 25", "a square recognised"),
]


@pytest.mark.parametrize(("line", "step", "why"), MOVES)
def test_right_steps_are_those_that_students_take(line: str, step: str, why: str):
    assert tree(step) in right_moves(tree(line)), [to_text(m) for m in right_moves(tree(line))]


@pytest.mark.parametrize("line", ["x = 3/4", "8x/x = 5", "x + 3 > 2", "x + 3"])
def test_no_step_is_taken_from_what_is_solved_or_no_equation(line: str):
    assert right_moves(tree(line)) == ()


TRIED = [
    # one                 other                       can they be the same?
    ("x^2 = 9", "x = 3 or x = -3", True),
    ("x^2 = 9", "x = 4", False),
    ("sin(x) = 1/2", "2sin(x) = 1", True),
    ("sin(x) = 1/2", "sin(2x) = 1/2", False),
    ("x^2 < 9", "-3 < x < 3", True),
    ("x^2 < 9", "x < 3", False),
    ("v = u + a*t", "t = (v - u)/a", True),
    ("v = u + a*t", "t = v - u/a", False),
]


@pytest.mark.parametrize(("one", "other", "same"), TRIED)
def test_points_tell_lines_apart_and_never_those_that_the_verifier_finds_equal(one: str, other: str, same: bool):
    assert can_be_same(tree(one), tree(other)) is same
    relation = getattr(decide(Relate(tree(one), tree(other))).evidence, "relation", None)
    if not same:
        assert relation is None or relation.value != "equivalent"
