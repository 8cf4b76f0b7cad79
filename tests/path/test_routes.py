from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.path.routes import (
    added,
    collected,
    formulas_of_number,
    inverted,
    merged,
    multiplied,
    negated,
    on_the_way,
    short_of,
    together,
    value_of,
)


def n(value):
    return formulas_of_number(Fraction(value))[0]


def product(*values):
    found = n(values[0])
    for value in values[1:]:
        found = multiplied(found, n(value))
    return found


def total(*formulas):
    return added(formulas)


WHOLE = total(product(3, 45), product(7, 45), negated(n(17)))

WAYS = [
    # part, whole, on the way, why it is here
    (product(3, 45), WHOLE, True, "one of the products"),
    (n(45), WHOLE, True, "a factor, the other still to come"),
    (total(n(3), n(7)), WHOLE, True, "both factors that go with 45, taken together first"),
    (total(product(3, 45), negated(n(17))), WHOLE, True, "taken away before the rest is added"),
    (product(3, 7), WHOLE, False, "two numbers that are never multiplied"),
    (total(n(3), n(45)), WHOLE, False, "added for multiplied"),
    (product(3, 45, 45), WHOLE, False, "one number twice"),
    (total(product(3, 45), n(17)), WHOLE, False, "added for taken away"),
    (product(2, "0.25"), product(2, 25), True, "dollars for cents"),
    (n(6), product(2, 60), False, "6 is no 60, though only a nought is between them"),
]


@pytest.mark.parametrize(("part", "whole", "is_on", "why"), WAYS, ids=[w[-1] for w in WAYS])
def test_a_value_is_on_the_way_where_it_is_some_products_short_of_one_factor(part, whole, is_on, why):
    assert on_the_way(part, whole) is is_on, why


def test_a_sum_that_lacks_terms_is_not_merely_short_of_a_factor():
    assert short_of(product(3, 45), WHOLE)
    assert not short_of(total(product(3, 45), negated(n(17))), WHOLE)


def test_twice_the_same_is_two_times_it():
    assert collected(total(n(45), n(45))) == collected(product(2, 45))


def test_a_whole_less_its_quarter_is_three_quarters_of_it():
    whole, quarter = product(24, 5), multiplied(product(24, 5), inverted(n(4)))
    three_quarters = multiplied(product(24, 5), multiplied(n(3), inverted(n(4))))
    assert three_quarters in list(together(whole, negated(quarter)))
    assert total(three_quarters, n(7)) in list(merged(total(whole, negated(quarter), n(7))))


def test_three_is_no_share_of_two():
    assert list(together(n(3), n(2))) == []


sizes = st.fractions(min_value=Fraction(1, 40), max_value=5000, max_denominator=40)


@given(st.lists(sizes, min_size=1, max_size=4), st.lists(sizes, min_size=1, max_size=3))
def test_a_formula_comes_to_the_value_of_its_calculation(terms, factors):
    formula = added(n(t) for t in terms)
    value = sum(terms, Fraction(0))
    for factor in factors:
        formula = multiplied(formula, n(factor))
        value *= factor
    assert formula is None or value_of(formula) == value


@given(sizes)
def test_every_way_to_write_a_number_is_that_number(size):
    assert {value_of(f) for f in formulas_of_number(size)} == {size}
