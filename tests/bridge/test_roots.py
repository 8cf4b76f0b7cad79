"""Real roots, solution sets, and how numbers are shown."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from flint import arb, ctx, fmpq, fmpq_poly
from hypothesis import given
from hypothesis import strategies as st

from tutor.bridge.roots import Root, Window, certainly_differ, compare, rational_text, real_roots, surd_text
from tutor.bridge.search import roots_by_search
from tutor.bridge.solution_sets import (
    EVERYTHING,
    NOTHING,
    between_roots,
    complement,
    intersection,
    minus,
    of_points,
    ray,
    union,
)
from tutor.bridge.solving import solve
from tutor.bridge.univariate import Reader
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.read import read, read_expr
from tutor.verify.one_unknown import set_text, solution_set, spelt_out
from tutor.verify.tasks import Setting

ROOTS = [
    # coefficients from the constant up, texts, why
    ([-6, 2], ["3"], "degree one"),
    ([-6, 5, 1], ["-6", "1"], "rational roots of a quadratic"),
    ([-2, 0, 1], ["-√2", "√2"], "radicals"),
    ([-1, -1, 1], ["(1 - √5)/2", "(1 + √5)/2"], "the golden ratio"),
    ([4, -4, 1], ["2"], "a double root is one root"),
    ([1, 0, 1], [], "no real root"),
    ([0, -1, 0, 1], ["-1", "0", "1"], "a cubic that splits"),
    ([-2, 0, 0, 1], ["1.259921…"], "a cubic with one real root"),
    ([3, 0, -4], ["-√3/2", "√3/2"], "a negative leading coefficient"),
    ([-8, 0, 1], ["-2√2", "2√2"], "a square taken out of the radical"),
]


@pytest.mark.parametrize(("coefficients", "texts", "why"), ROOTS)
def test_roots_are_found_and_named(coefficients, texts, why):
    assert [r.text for r in real_roots(fmpq_poly(coefficients))] == texts, why


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=5, unique=True))
def test_a_product_of_linear_factors_has_these_roots(numbers):
    poly = fmpq_poly([1])
    for n in numbers:
        poly *= fmpq_poly([-n, 1])
    assert [r.fraction for r in real_roots(poly)] == sorted(numbers)


@given(st.lists(st.integers(-20, 20), min_size=2, max_size=6).filter(lambda c: c[-1] != 0))
def test_the_polynomial_changes_or_touches_zero_at_each_root(coefficients):
    poly = fmpq_poly(coefficients)
    roots = real_roots(poly)
    ends = [None, *roots, None]
    signs = [poly(between_roots(a, b)) for a, b in pairwise(ends)]
    assert all(s != 0 for s in signs)
    for root in roots:
        assert root.ball(128).rad() < 1e-20


def test_a_number_beyond_a_large_root_is_really_beyond_it():
    for seed in range(200, 240):
        root = Root(None, lambda bits, e=seed: arb(e).exp())  # 64 bits are fewer than its whole part has
        below, above = between_roots(None, root), between_roots(root, None)
        with ctx.workprec(600):
            assert arb(below) < arb(seed).exp() < arb(above)


def test_a_degree_without_bound_is_refused_quickly():
    with pytest.raises(TooLarge):
        Reader("x").convert(read_expr("x^100000"))
    with pytest.raises(TooLarge):
        Reader("x").convert(read_expr("9^9^9"))
    with pytest.raises(TooLarge):
        real_roots(fmpq_poly([1] * 400))


def test_dividing_by_zero_has_no_meaning():
    with pytest.raises(Undefined):
        Reader("x").convert(read_expr("x/(x-x)"))


def test_another_symbol_is_not_ours():
    with pytest.raises(Unsupported):
        Reader("x").convert(read_expr("x+y"))


TEXTS = [
    (Fraction(7), "7"),
    (Fraction(-3, 2), "-3/2"),
    (Fraction(1, 1250), "0.0008"),
    (Fraction(-56658, 2000), "-28.329"),
]


@pytest.mark.parametrize(("value", "text"), TEXTS)
def test_fractions_are_shown_as_they_are_read_best(value, text):
    assert rational_text(fmpq(value.numerator, value.denominator)) == text


def test_a_decimal_is_shown_where_it_is_asked_for():
    assert rational_text(fmpq(13, 20), decimal=True) == "0.65"
    assert rational_text(fmpq(2, 3), decimal=True) == "2/3"
    assert surd_text(2, -2, 12, 1) == "(1 + √3)/2"


WINDOWS = [
    # decimal, unit, number, what it is for the number
    ("67/100", "1/100", "2/3", "rounded"),
    ("66/100", "1/100", "2/3", "truncated"),
    ("65/100", "1/100", "2/3", None),
    ("7/10", "1/10", "2/3", "rounded"),
    ("-66/100", "1/100", "-2/3", "truncated"),
    ("-65/100", "1/100", "-2/3", None),
]


@pytest.mark.parametrize(("decimal", "unit", "value", "how"), WINDOWS)
def test_a_written_decimal_stands_for_its_window(decimal, unit, value, how):
    def exact(text):
        f = Fraction(text)
        return fmpq(f.numerator, f.denominator)

    assert Window(exact(decimal), exact(unit)).holds(Root(exact(value))) == how


def test_numbers_are_compared_at_any_precision():
    two = real_roots(fmpq_poly([-2, 0, 1]))[1]
    near = Root(fmpq(1414213562373095048801688724209698, 10**33))
    assert compare(two, near) == 1
    assert certainly_differ(two, near)
    assert compare(two, real_roots(fmpq_poly([-4, 0, 0, 0, 1]))[1]) == 0


def sets(text, name="x"):
    return solution_set(spelt_out(read(text)), name, Setting())


SETS = [
    ("x^2 < 4", "-2 < x < 2", "between the roots"),
    ("x^2 >= 4", "x <= -2 or x >= 2", "outside the roots"),
    ("(x-1)/(x+2) >= 0", "x < -2 or x >= 1", "the pole is left out"),
    ("(x-1)^2 <= 0", "x = 1", "a point"),
    ("(x-1)^2 > 0", "x < 1 or x > 1", "all but a point"),
    ("x^2 + 1 > 0", "all x", "always true"),
    ("x^2 + 1 < 0", "no solution", "never true"),
    ("x/x = 1", "x < 0 or x > 0", "an identity away from its pole"),
    ("|x-1| < 2", "-1 < x < 3", "an absolute value"),
    ("|x| = x", "x >= 0", "true on a half line"),
    ("sqrt(x) < 3", "0 <= x < 9", "the domain of a root"),
    ("ln(x) > 0", "x > 1", "a logarithm"),
    ("2^x <= 8", "x <= 3", "an exponential"),
    ("x^2 - 2 < 0", "-√2 < x < √2", "irrational ends"),
    ("-1 < 2x+1 <= 5", "-1 < x <= 2", "a chain"),
    ("x != 2", "x < 2 or x > 2", "not equal"),
    ("sin(x) = 0", "x = πn", "a family of half the period"),
    ("tan(x) = 1", "x = π/4 + πn", "the period of tan"),
    ("sin(x) = 1/2", "x = π/6 + 2πn or x = 5π/6 + 2πn", "two families"),
    ("sin(x) = 2", "no solution", "out of range"),
    ("cos(2x) = 0", "x = π/4 + πn/2", "a double angle"),
]


@pytest.mark.parametrize(("text", "shown", "why"), SETS)
def test_relations_are_solved(text, shown, why):
    assert set_text(sets(text), "x") == shown, why


def test_sets_combine():
    two, five = Root(fmpq(2)), Root(fmpq(5))
    low, high = ray(two, ">="), ray(five, "<")
    assert set_text(intersection(low, high), "x") == "2 <= x < 5"
    assert union(low, high).everything
    assert set_text(minus(low, high), "x") == "x >= 5"
    assert complement(EVERYTHING) == NOTHING
    assert set_text(union(of_points([two]), ray(two, ">")), "x") == "x >= 2"
    assert two in low
    assert five not in high


def test_a_family_on_a_bounded_range_is_finite():
    family = sets("sin(x) = 1/2")
    bounds = intersection(ray(Root(fmpq(0)), ">="), ray(Root(fmpq(7)), "<"))
    assert len(intersection(family, bounds).points) == 3


def test_roots_that_no_formula_gives_are_searched():
    found = roots_by_search(read_expr("e^x"), read_expr("x+2"), "x")
    assert [r.text for r in found] == ["1.146193…", "-1.841406…"]
    assert found[0].ball(200).rad() < 1e-50
    assert roots_by_search(read_expr("1/x"), read_expr("0"), "x") == []


@given(st.integers(-6, 6), st.integers(1, 6), st.integers(-9, 9))
def test_solving_and_putting_back(a, b, c):
    found = solve(read_expr(f"{b}x+{c}"), "=", read_expr(f"{a}"), "x")
    assert found.points[0].fraction == Fraction(a - c, b)
