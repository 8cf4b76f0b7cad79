"""Dimensions multiply, have roots, and are named in words."""

from fractions import Fraction

import pytest

from tutor.bridge.dimensions import NO_DIMENSION, dimension_of, in_words, over, raised, times, unit_text

LENGTH, TIME = dimension_of(m=1), dimension_of(s=1)
CASES = [
    # dimension                                words                        why it is here
    (LENGTH, "a length", "a base"),
    (TIME, "a time", "a base"),
    (NO_DIMENSION, "a number", "nothing left"),
    (over(LENGTH, TIME), "a speed", "a quotient"),
    (over(LENGTH, raised(TIME, 2)), "an acceleration", "a power below"),
    (raised(dimension_of(m=2, s=-2), Fraction(1, 2)), "a speed", "the root of 2 g h"),
    (dimension_of(kg=1, m=2, s=-2), "an energy or a torque", "two kinds share it"),
    (dimension_of(kg=1, m=3, s=-3), "a quantity in kg m^3/s^3", "no word for it"),
    (dimension_of(kg=1, m=-1, K=-2), "a quantity in kg/(K^2 m)", "two bases below"),
    (raised(LENGTH, Fraction(1, 2)), "a quantity in m^(1/2)", "half a length"),
]


@pytest.mark.parametrize(("dimension", "words", "why"), CASES)
def test_a_dimension_in_words(dimension, words, why):
    assert in_words(dimension) == words, why


def test_a_product_with_its_inverse_has_no_dimension():
    speed = over(LENGTH, TIME)
    assert times(speed, raised(speed, -1)) == NO_DIMENSION
    assert unit_text(NO_DIMENSION) == "1"


def test_whole_exponents_are_whole_numbers():
    assert raised(dimension_of(m=2), Fraction(1, 2)) == LENGTH
    assert all(isinstance(e, int) for _, e in raised(dimension_of(m=2), Fraction(1, 2)))
