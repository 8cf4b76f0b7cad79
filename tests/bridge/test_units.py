"""The table of everyday units agrees with Pint; nouns have no dimension."""

from fractions import Fraction

import pytest

from tests.bridge.trees import number
from tutor.bridge.units import (
    EVERYDAY,
    PINT_NAMES,
    degrees_in,
    in_kelvins,
    is_affine,
    is_difference,
    measure,
    measure_of_word,
    measured,
    pint_measure,
    singular,
    to_fraction,
    turns_in,
    units_in,
)
from tutor.errors import Unsupported
from tutor.syntax.read import read_expr
from tutor.syntax.tree import Negative, Power, Product, Quantity, Quotient, Sum, Unit, Words
from tutor.syntax.unit_words import WORDS

N = number
KM_H = Unit("km/h", (("km", 1), ("h", -1)))
HOURS, MINUTES = Unit("hours", (("hours", 1),)), Unit("minutes", (("minutes", 1),))
APPLES = Unit("apples", (("apples", 1),))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("hours", "hour"),
        ("week", "week"),
        ("km", "kilometer"),
        ("miles", "mile"),
        ("inch", "inch"),
        ("yd", "yard"),
        ("grams", "gram"),
        ("lb", "pound"),
        ("oz", "ounce"),
        ("tons", "short_ton"),
        ("gallons", "gallon"),
        ("cups", "cup"),
        ("tbsp", "tablespoon"),
        ("mL", "milliliter"),
        ("bytes", "byte"),
        ("GB", "gigabyte"),
        ("kN", "kilonewton"),
        ("MJ", "megajoule"),
        ("kPa", "kilopascal"),
        ("\N{MICRO SIGN}C", "microcoulomb"),
        ("V", "volt"),
        ("k\N{GREEK CAPITAL LETTER OMEGA}", "kiloohm"),
        ("pF", "picofarad"),
        ("mT", "millitesla"),
        ("Wb", "weber"),
        ("H", "henry"),
        ("mol", "mole"),
        ("nm", "nanometer"),
        ("kWh", "kilowatt_hour"),
        ("kcal", "kilocalorie"),
        ("ha", "hectare"),
    ],
)
def test_our_table_agrees_with_pint(word, name):
    assert EVERYDAY[word] == pint_measure(name)


def test_every_name_for_pint_is_one_of_its_units():
    for name in PINT_NAMES.values():
        size, dimension = pint_measure(name)
        assert size > 0
        assert all(exponent for _, exponent in dimension)


def test_compound_units():
    assert measure(KM_H) == (Fraction(1000, 3600), (("m", 1), ("s", -1)), frozenset())
    assert measure(APPLES) == (1, (), frozenset({"apple"}))
    assert measure_of_word("socks") is None


def test_measured_values():
    trip = Product((Quantity(N("60"), KM_H), Quantity(N("30"), MINUTES)))
    found = measured(trip)
    assert (to_fraction(found.value), found.dimension) == (30_000, (("m", 1),))
    both = measured(Sum((Quantity(N("1"), HOURS), Negative(Quantity(N("15"), MINUTES)))))
    assert to_fraction(both.value) == 2700
    assert to_fraction(measured(Power(Quantity(N("2"), HOURS), N("2"))).value) == 7200**2
    assert to_fraction(measured(Quotient(N("6"), Quantity(N("3"), HOURS))).value) == Fraction(2, 3600)


def test_terms_of_different_kinds_do_not_add():
    with pytest.raises(Unsupported):
        measured(Sum((Quantity(N("1"), HOURS), Quantity(N("3"), APPLES))))


def test_the_units_in_an_expression():
    assert [u.text for u in units_in(Sum((Quantity(N("1"), HOURS), Quantity(N("3"), APPLES))))] == ["hours", "apples"]


@pytest.mark.parametrize(
    ("word", "one"), [("boxes", "box"), ("puppies", "puppy"), ("apples", "apple"), ("glass", "glass")]
)
def test_singular(word, one):
    assert singular(word) == one


SIZES = [
    # unit        size in base units          why it is here
    ("kmh", Fraction(1000, 3600), "typed together"),
    ("eV", Fraction("1.602176634e-19"), "exact since 2019"),
    ("mmHg", Fraction("133.322387415"), "a column of mercury"),
    ("lbf", Fraction("4.4482216152605"), "a pound of force"),
    ("hPa", Fraction(100), "a prefix for one unit"),
    ("GHz", Fraction(10**9), "a prefix"),
    ("uF", Fraction(1, 10**6), "micro without the Greek letter"),
    ("kilojoules", Fraction(1000), "a prefix spelt out"),
    ("light-year", Fraction(9_460_730_472_580_800), "exact by definition"),
    ("G", Fraction(1, 10_000), "gauss"),
    ("\N{DEGREE SIGN}F", Fraction(5, 9), "a difference of a degree"),
]


@pytest.mark.parametrize(("word", "size", "why"), SIZES)
def test_the_size_of_a_unit(word, size, why):
    found = measure_of_word(word)
    assert found is not None, why
    assert found[0] == size, why


def test_every_unit_that_is_read_has_a_size():
    assert [word for word in sorted(WORDS) if measure_of_word(word) is None] == []


def test_temperatures_have_a_zero_of_their_own():
    celsius, per_degree = Unit("\N{DEGREE SIGN}C", (("\N{DEGREE SIGN}C", 1),)), Unit("J/°C", (("J", 1), ("°C", -1)))
    assert is_affine(celsius)
    assert not is_affine(per_degree)
    assert in_kelvins(Fraction(25), celsius) == Fraction("298.15")
    assert in_kelvins(Fraction(212), Unit("°F", (("°F", 1),))) == Fraction("373.15")


@pytest.mark.parametrize(
    ("left", "difference"),
    [("T", False), ("T_2", False), ("ΔT", True), ("T_2 - T_1", True), ("Q/(m c)", True), ("temperature rise", True)],
)
def test_a_temperature_is_absolute_or_a_difference(left, difference):
    found = Words(left) if " " in left and left.isascii() and left[0] == "t" else read_expr(left)
    assert is_difference(found) is difference


def test_turns_and_degrees_of_an_angle_are_counted():
    assert turns_in(Unit("rev/s", (("rev", 1), ("s", -1)))) == 1
    assert degrees_in(Unit("deg/s", (("deg", 1), ("s", -1)))) == 1
    assert turns_in(Unit("rad/s", (("rad", 1), ("s", -1)))) == 0
