"""Units are read as people write them, and letters after a number by what stands around them."""

import pytest

from tutor.syntax.printer import to_text
from tutor.syntax.read import ReadHints, read, read_expr
from tutor.syntax.tree import PlusMinus, Quantity
from tutor.syntax.unit_words import scan

WRITTEN = [
    # after 5              factors                                 why it is here
    (" km/h", "km h^-1", "the usual way"),
    (" km h^-1", "km h^-1", "a negative power"),
    (" kmh⁻¹", "km h^-1", "typed together"),
    (" km·h⁻¹", "km h^-1", "a dot"),
    (" kph", "kph", "a word for it"),
    (" m s^-2", "m s^-2", "two letters"),
    (" ms⁻²", "m s^-2", "no millisecond with such a power"),
    (" ms^{-1}", "m s^-1", "as LaTeX sets it"),
    (" m/s/s", "m s^-1 s^-1", "divided twice"),
    ("m/s2", "m s^-2", "the raised 2 typed plainly"),
    (" m s-1", "m s^-1", "the raised -1 typed plainly"),
    (" ms-1", "m s^-1", "both at once"),
    (" metres per second squared", "metres second^-2", "in words"),
    (" meters per second per second", "meters second^-1 second^-1", "in more words"),
    (" N m", "N m", "a torque"),
    (" N·m", "N m", "with a dot"),
    (" N*m", "N m", "with a star"),
    (" Nm", "N m", "typed together"),
    (" ft-lb", "ft lb", "joined by a hyphen"),
    (" kg·m/s²", "kg m s^-2", "a newton"),
    (" kg m^2 s^-2", "kg m^2 s^-2", "a joule"),
    (" cm³", "cm^3", "a volume"),
    (" °C", "°C", "degrees Celsius"),
    ("ºC", "°C", "an ordinal sign instead"),
    (" degrees Celsius", "°C", "in words"),
    (" µF", "μF", "the micro sign"),
    (" uF", "uF", "u for micro"),
    (" kΩ", "kΩ", "a prefix before Greek"),
    (r" k\Omega", "kΩ", "in LaTeX"),
    (" MeV/c^2", "MeV c^-2", "a mass in particle physics"),
    (" mm Hg", "mmHg", "with a blank"),
    (" J/(kg K)", "J kg^-1 K^-1", "a bracket below the bar"),
    (" J/kg·K", "J kg^-1 K^-1", "what follows the bar is below it"),
    (" J/kg ⋅°C", "J kg^-1 °C^-1", "per degree"),
    (" J kg^-1 K^-1", "J kg^-1 K^-1", "powers instead of bars"),
    (" W m^-2 K^-4", "W m^-2 K^-4", "the Stefan-Boltzmann constant"),
    (" N m^2/kg^2", "N m^2 kg^-2", "the gravitational constant"),
    (" light-years", "light-year", "a word with a hyphen"),
    (r"\,\mathrm{m/s^2}", "m s^-2", "upright in LaTeX"),
    (r" \text{ m/s}^2", "m s^-2", "the power outside the words"),
    (r"\ \mathrm{m}/\mathrm{s}", "m s^-1", "each set upright"),
    (r" \frac{\text{m}}{\text{s}^2}", "m s^-2", "a stacked unit"),
    (" in.^3", "in^3", "an abbreviation with its full stop"),
    (" J/photon", "J photon^-1", "per counted thing"),
]


@pytest.mark.parametrize(("unit", "factors", "why"), WRITTEN)
def test_a_unit_after_a_number(unit, factors, why):
    found = read_expr(f"5{unit}", ReadHints(units=True, physical=True))
    assert isinstance(found, Quantity), why
    assert " ".join(w if n == 1 else f"{w}^{n}" for w, n in found.unit.factors) == factors, why


MECHANICS = ReadHints(symbols=frozenset("mghvFaEL"), units=True, physical=True)
MOTION = ReadHints(symbols=frozenset("stvaT"), units=True, physical=True)
ALONE = ReadHints(units=True, physical=True)
LETTERS = [
    # line                          hints       reading                               why it is here
    ("E = m g L", MECHANICS, "E = m*g*L", "no number, no unit"),
    ("v = sqrt(2 g L)", MECHANICS, "v = sqrt(2g*L)", "g and L are quantities here"),
    ("F = 2 m g", MECHANICS, "F = 2m*g", "twice the weight"),
    ("E = 2 m", MECHANICS, "E = 2m", "no energy is measured in metres"),
    ("h = 2 m", MECHANICS, "h = 2 m", "a height is"),
    ("E = 2 m", ALONE, "E = 2 m", "nothing says that m is a quantity"),
    ("s = 5 t", MOTION, "s = 5t", "no tonne"),
    ("s = 20 m", MOTION, "s = 20 m", "a distance"),
    ("t = 5 s", MOTION, "t = 5 s", "a time, though s is a distance here"),
    ("T = 0.5 s", MOTION, "T = 0.5 s", "a period"),
    ("x = 5 m sin 30°", ALONE, "x = 5 m * sin(30 deg)", "a length times a sine"),
    ("E = 0.5 m v^2", ALONE, "E = 0.5m*v^2", "a letter after it makes it a product"),
    ("W = 30 W * 5 s", ReadHints(frozenset("W"), units=True, physical=True), "W = 30 W * 5 s", "watts beside seconds"),
    ("C = (120 × 10^-6 C)/(10 V)", ReadHints(frozenset("CQV"), units=True, physical=True),
     "C = (120*10^-6 C)/(10 V)", "coulombs in a bracket of their own"),
    ("= ((3120 - 1300) m)/((32 - 19) s)"[2:], ALONE, "((3120 - 1300) m)/((32 - 19) s)", "a unit after a bracket"),
    ("t = (27.3 d)((24.0 h)/(d))", ALONE, "t = (27.3 d)((24.0 h)/(1 d))", "one day below the bar"),
    ("1 h = 3600 s", ALONE, "1 h = 3600 s", "a unit equation"),
    ("72 km/h × (1000 m / 1 km)", ALONE, "72 km/h * (1000 m / 1 km)", "a conversion factor"),
    ("3.0 × 10^8 m/s", ALONE, "3.0*10^8 m/s", "the unit of the whole numeral"),
    ("1000 W/m^2 / (3 m)", ALONE, "1000 W/m^2 / (3 m)", "the bracket below is no part of the unit"),
    ("h = (10 m/s)^2/(2g)", ALONE, "h = (10 m/s)^2/(2g)", "twice g below a bar"),
    ("Q = mL_f", MECHANICS, "Q = m*L_f", "m times L_f"),
    ("f = d_id_o", ReadHints(frozenset(["d_i", "d_o", "f"]), units=True, physical=True), "f = d_i*d_o",
     "subscripts typed together"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "hints", "text", "why"), LETTERS)
def test_a_letter_is_a_unit_or_a_quantity(line, hints, text, why):
    assert to_text(read(line, hints)) == text, why


@pytest.mark.parametrize("line", ["g = 9.8 ± 0.1 m/s²", "g = 9.80(2) m/s²", "E = 3.0 × 10^8 J", "x/(3.0×10^8 m/s)"])
def test_printing_a_quantity_and_reading_it_gives_the_same_tree(line):
    tree = read(line, ALONE)
    assert read(to_text(tree), ALONE) == tree


def test_the_unit_belongs_to_both_sides_of_a_spread():
    found = read_expr("9.8 ± 0.1 m/s²")
    assert isinstance(found, Quantity)
    assert isinstance(found.value, PlusMinus)
    digits = read_expr("9.80(2) m/s²")
    assert isinstance(digits, Quantity)
    assert isinstance(digits.value, PlusMinus)
    assert to_text(digits) == "9.80 +/- 0.02 m/s²"


@pytest.mark.parametrize(
    "text", ["", " ", "\\", "{", "^", "°", "\\mathrm{", "\\frac{m}{", "/(", " m^{", "(" * 50, "m/" * 50]
)
def test_nothing_breaks_the_scanner(text):
    found = scan(text, 0, frozenset(), physical=True)
    assert found is None or found.end <= len(text)
