"""The table of everyday units agrees with Pint; nouns have no dimension."""

from fractions import Fraction

import pytest

from tests.bridge.trees import number
from tutor.bridge.units import (
    EVERYDAY,
    PINT_NAMES,
    measure,
    measure_of_word,
    measured,
    pint_measure,
    singular,
    to_fraction,
    units_in,
)
from tutor.errors import Unsupported
from tutor.syntax.tree import Negative, Power, Product, Quantity, Quotient, Sum, Unit

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
