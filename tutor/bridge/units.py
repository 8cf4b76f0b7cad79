"""Units of measurement by word: their size and their dimension, for school quantities.

A word is looked up in fixed tables, never parsed. What the table of everyday units does not hold is built as a Pint
unit from its name; a word that neither knows counts things (`apples`, `socks`) and has no dimension.
Source of the sizes: SI Brochure, 9th edition (2019); NIST Handbook 44, appendix C, for the customary units.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, NamedTuple

from tutor.bridge.dimensions import NO_DIMENSION, Dimension, Exponent, raised, times
from tutor.bridge.exact import Conventions, exact_value, interval, to_fmpq, to_fraction
from tutor.errors import Undefined, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Expr,
    Negative,
    Node,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Sum,
    Symbol,
    Unit,
    Words,
    children,
)


class Measure(NamedTuple):
    """One `unit` is `size` of the base units of `dimension`; `nouns` are the counted words in it."""

    size: Fraction
    dimension: Dimension
    nouns: frozenset[str]


def _table(base: str, sizes: dict[str, Fraction | int]) -> dict[str, tuple[Fraction, Dimension]]:
    dimension: Dimension = ((base, 1),) if base else NO_DIMENSION
    return {word: (Fraction(size), dimension) for words, size in sizes.items() for word in words.split()}


_INCH = Fraction(254, 10_000)
_POUND = Fraction(45_359_237, 100_000_000)
_GALLON = 231 * _INCH**3
_VOLUME: Dimension = (("m", 3),)

EVERYDAY: dict[str, tuple[Fraction, Dimension]] = {
    **_table(
        "s",
        {
            "s sec secs second seconds": 1,
            "ms millisecond milliseconds": Fraction(1, 1000),
            "min mins minute minutes": 60,
            "h hr hrs hour hours": 3600,
            "day days": 86_400,
            "week weeks wk wks": 604_800,
            "fortnight fortnights": 1_209_600,
        },
    ),
    # A month has no fixed number of days: months and years measure among themselves.
    **_table(
        "month",
        {"month months": 1, "yr yrs year years": 12, "decade decades": 120, "century centuries": 1200},
    ),
    **_table(
        "m",
        {
            "m meter meters metre metres": 1,
            "km kilometer kilometers kilometre kilometres": 1000,
            "cm centimeter centimeters centimetre centimetres": Fraction(1, 100),
            "mm millimeter millimeters millimetre millimetres": Fraction(1, 1000),
            "in inch inches": _INCH,
            "ft foot feet": 12 * _INCH,
            "yd yard yards": 36 * _INCH,
            "mi mile miles": 63_360 * _INCH,
        },
    ),
    **_table(
        "kg",
        {
            "kg kgs kilogram kilograms kilo kilos": 1,
            "g gram grams": Fraction(1, 1000),
            "mg milligram milligrams": Fraction(1, 1_000_000),
            "tonne tonnes": 1000,
            "lb lbs pound pounds": _POUND,
            "oz ounce ounces": _POUND / 16,
            "ton tons": 2000 * _POUND,
        },
    ),
    **{
        word: (Fraction(size), _VOLUME)
        for words, size in {
            "L l liter liters litre litres": Fraction(1, 1000),
            "mL ml milliliter milliliters millilitre millilitres": Fraction(1, 1_000_000),
            "cL cl centiliter centiliters centilitre centilitres": Fraction(1, 100_000),
            "gal gallon gallons": _GALLON,
            "qt quart quarts": _GALLON / 4,
            "pint pints": _GALLON / 8,
            "cup cups": _GALLON / 16,
            "tbsp tablespoon tablespoons": _GALLON / 256,
            "tsp teaspoon teaspoons": _GALLON / 768,
        }.items()
        for word in words.split()
    },
    "acre": (43_560 * 144 * _INCH**2, (("m", 2),)),
    "acres": (43_560 * 144 * _INCH**2, (("m", 2),)),
    "mph": (63_360 * _INCH / 3600, (("m", 1), ("s", -1))),
    "kph": (Fraction(1000, 3600), (("m", 1), ("s", -1))),
    "kmh": (Fraction(1000, 3600), (("m", 1), ("s", -1))),
    **_table("dollar", {"$ dollar dollars usd USD buck bucks": 1, "cent cents ¢ penny pennies": Fraction(1, 100)}),
    **_table("euro", {"€ euro euros eur EUR": 1}),
    **_table("sterling", {"£ gbp GBP": 1, "pence": Fraction(1, 100)}),
    **_table("rupee", {"₹ rupee rupees Rs": 1, "paise paisa": Fraction(1, 100)}),
    **_table("bit", {"bit bits": 1, "byte bytes": 8}),
    **_table(
        "",
        {
            "dozen dozens": 12,
            "pair pairs couple couples": 2,
            "gross": 144,
            "hundred hundreds": 100,
            "thousand thousands": 1000,
            "million millions": 1_000_000,
            "billion billions": 1_000_000_000,
            "trillion trillions": 10**12,
        },
    ),
}

_ENERGY: Dimension = (("kg", 1), ("m", 2), ("s", -2))
_MASS: Dimension = (("kg", 1),)
_LENGTH: Dimension = (("m", 1),)
_PRESSURE: Dimension = (("kg", 1), ("m", -1), ("s", -2))
_POWER: Dimension = (("kg", 1), ("m", 2), ("s", -3))
_FREQUENCY: Dimension = (("s", -1),)
_KELVIN: Dimension = (("K", 1),)
_MU = "\N{GREEK SMALL LETTER MU}"
PREFIXES: dict[str, int] = {
    "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "h": 2, "d": -1, "c": -2, "m": -3, _MU: -6,
    "\N{MICRO SIGN}": -6, "u": -6, "mu": -6, "n": -9, "p": -12, "f": -15, "a": -18, "K": 3,
}  # fmt: skip
_PREFIX_WORDS: dict[str, int] = {
    "kilo": 3, "mega": 6, "giga": 9, "tera": 12, "peta": 15, "hecto": 2, "deci": -1, "centi": -2, "milli": -3,
    "micro": -6, "nano": -9, "pico": -12, "femto": -15, "atto": -18,
}  # fmt: skip
_OHM = "\N{GREEK CAPITAL LETTER OMEGA}"
_USUAL = "k M G T m c " + _MU + " \N{MICRO SIGN} u mu n p f"
# Symbols of the SI and of its neighbours, the words for them, the prefixes they are met with, their size and dimension.
_SI: tuple[tuple[str, str, str, Fraction | int, Dimension], ...] = (
    ("m", "meter meters metre metres", _USUAL + " h d", 1, _LENGTH),
    ("s", "second seconds", "m " + _USUAL, 1, (("s", 1),)),
    ("g", "gram grams gramme grammes", _USUAL + " d", Fraction(1, 1000), _MASS),
    ("N", "newton newtons Newton Newtons", _USUAL, 1, (("kg", 1), ("m", 1), ("s", -2))),
    ("J", "joule joules", _USUAL + " P E a", 1, _ENERGY),
    ("W", "watt watts", _USUAL + " P", 1, _POWER),
    ("Pa", "pascal pascals", _USUAL + " h", 1, _PRESSURE),
    ("Hz", "hertz", _USUAL + " K", 1, _FREQUENCY),
    ("A", "ampere amperes amp amps", _USUAL, 1, (("A", 1),)),
    ("C", "coulomb coulombs", _USUAL, 1, (("A", 1), ("s", 1))),
    ("V", "volt volts", _USUAL, 1, (("A", -1), ("kg", 1), ("m", 2), ("s", -3))),
    (_OHM, "\N{OHM SIGN} ohm ohms Omega", _USUAL + " K", 1, (("A", -2), ("kg", 1), ("m", 2), ("s", -3))),
    ("ohm", "", _USUAL + " K", 1, (("A", -2), ("kg", 1), ("m", 2), ("s", -3))),
    ("F", "farad farads", _USUAL, 1, (("A", 2), ("kg", -1), ("m", -2), ("s", 4))),
    ("T", "tesla teslas", _USUAL, 1, (("A", -1), ("kg", 1), ("s", -2))),
    ("Wb", "weber webers", _USUAL, 1, (("A", -1), ("kg", 1), ("m", 2), ("s", -2))),
    ("H", "henry henries henrys", _USUAL, 1, (("A", -2), ("kg", 1), ("m", 2), ("s", -2))),
    ("S", "siemens mho", _USUAL, 1, (("A", 2), ("kg", -1), ("m", -2), ("s", 3))),
    ("K", "kelvin kelvins", "k m " + _MU + " n", 1, _KELVIN),
    ("mol", "mole moles", _USUAL, 1, (("mol", 1),)),
    ("M", "molar", "m " + _MU + " n", 1000, (("m", -3), ("mol", 1))),
    ("cd", "candela candelas", "k m", 1, (("cd", 1),)),
    ("lm", "lumen lumens", "k m", 1, (("cd", 1),)),
    ("lx", "lux", "k m", 1, (("cd", 1), ("m", -2))),
    ("Bq", "becquerel becquerels", _USUAL, 1, _FREQUENCY),
    ("Ci", "curie curies", "m " + _USUAL, 37 * 10**9, _FREQUENCY),
    ("Gy", "gray grays", "m " + _USUAL, 1, (("m", 2), ("s", -2))),
    ("Sv", "sievert sieverts", "m " + _USUAL, 1, (("m", 2), ("s", -2))),
    ("rad", "radian radians", "m " + _MU, 1, NO_DIMENSION),
    ("sr", "steradian steradians", "m", 1, NO_DIMENSION),
    ("eV", "electronvolt electronvolts", "k M G T m " + _MU + " K", Fraction("1.602176634e-19"), _ENERGY),
    ("bar", "bars", "k m M", 100_000, _PRESSURE),
    ("cal", "calorie calories", "k M", Fraction(4184, 1000), _ENERGY),
    ("Wh", "watthour watthours", "k M G T m", 3600, _ENERGY),
    ("Ah", "amphour amphours", "m k", 3600, (("A", 1), ("s", 1))),
    ("L", "l liter liters litre litres", _USUAL + " d h", Fraction(1, 1000), _VOLUME),
    ("l", "", _USUAL + " d h", Fraction(1, 1000), _VOLUME),
    ("pc", "parsec parsecs", "k M G", Fraction(30_856_775_814_913_673), _LENGTH),
    ("ly", "lightyear lightyears", "k M G", 9_460_730_472_580_800, _LENGTH),
    ("u", "amu Da dalton daltons", "k M", Fraction("1.66053906892e-27"), _MASS),
    ("G", "gauss", "k m " + _MU, Fraction(1, 10_000), (("A", -1), ("kg", 1), ("s", -2))),
    ("dyn", "dyne dynes", "k M", Fraction(1, 100_000), (("kg", 1), ("m", 1), ("s", -2))),
    ("erg", "ergs", "M", Fraction(1, 10**7), _ENERGY),
    ("Btu", "BTU btu Btus BTUs", "k M", Fraction("1055.05585262"), _ENERGY),
)  # fmt: skip
_SYMBOLS: dict[str, tuple[Fraction, Dimension]] = {}
_NAMES: dict[str, tuple[Fraction, Dimension]] = {}
for _symbol, _words, _prefixes, _size, _dimension in _SI:
    _SYMBOLS.setdefault(_symbol, (Fraction(_size), _dimension))
    for _prefix in dict.fromkeys(_prefixes.split()):
        _SYMBOLS.setdefault(_prefix + _symbol, (Fraction(10) ** PREFIXES[_prefix] * _size, _dimension))
    for _word in _words.split():
        _NAMES[_word] = (Fraction(_size), _dimension)
_NAMES |= {word: (Fraction(size), (("bit", 1),)) for word, size in (("bit", 1), ("bits", 1), ("byte", 8), ("bytes", 8))}
_NAMES["bar"] = (Fraction(100_000), _PRESSURE)
for _prefix, _power in (("k", 3), ("K", 3), ("M", 6), ("G", 9), ("T", 12)):
    EVERYDAY[f"{_prefix}B"] = (Fraction(8 * 10**_power), (("bit", 1),))
_ATMOSPHERE = 101_325
_GRAVITY = Fraction(980_665, 100_000)
for _words, _size, _dimension in (
    ("ha hectare hectares", 10_000, (("m", 2),)),
    ("cc ccm", Fraction(1, 1_000_000), _VOLUME),
    ("\N{LATIN CAPITAL LETTER A WITH RING ABOVE} \N{ANGSTROM SIGN} angstrom angstroms Angstrom", Fraction(1, 10**10),
     _LENGTH),
    ("cms", Fraction(1, 100), _LENGTH),
    ("mcg", Fraction(1, 10**9), _MASS),
    ("micron microns", Fraction(1, 10**6), _LENGTH),
    ("fermi", Fraction(1, 10**15), _LENGTH),
    ("AU au", 149_597_870_700, _LENGTH),
    ("nmi", 1852, _LENGTH),
    ("light-year light-years", 9_460_730_472_580_800, _LENGTH),
    ("d", 86_400, (("s", 1),)),
    ("kmph kmhr", Fraction(1000, 3600), (("m", 1), ("s", -1))),
    ("mps", 1, (("m", 1), ("s", -1))),
    ("fps", 12 * _INCH, (("m", 1), ("s", -1))),
    ("knot knots kn", Fraction(1852, 3600), (("m", 1), ("s", -1))),
    ("c", 299_792_458, (("m", 1), ("s", -1))),
    ("t", 1000, _MASS),
    ("slug slugs", _POUND * _GRAVITY / (12 * _INCH), _MASS),
    ("lbm", _POUND, _MASS),
    ("lbf", _POUND * _GRAVITY, (("kg", 1), ("m", 1), ("s", -2))),
    ("kgf kp", _GRAVITY, (("kg", 1), ("m", 1), ("s", -2))),
    ("atm atmosphere atmospheres atms", _ATMOSPHERE, _PRESSURE),
    ("torr Torr", Fraction(_ATMOSPHERE, 760), _PRESSURE),
    ("mmHg", Fraction("133.322387415"), _PRESSURE),
    ("cmHg", Fraction("1333.22387415"), _PRESSURE),
    ("inHg", Fraction("3386.38864034"), _PRESSURE),
    ("psi", _POUND * _GRAVITY / _INCH**2, _PRESSURE),
    ("hp horsepower", _POUND * _GRAVITY * 550 * 12 * _INCH, _POWER),
    ("Cal", 4184, _ENERGY),
    ("rpm RPM", Fraction(1, 60), _FREQUENCY),
    ("rps", 1, _FREQUENCY),
    ("rev revs revolution revolutions turn turns deg degree degrees \N{DEGREE SIGN}", 1, NO_DIMENSION),
    ("dB decibel decibels", 1, NO_DIMENSION),
    ("bpm", Fraction(1, 60), _FREQUENCY),
    ("rem", Fraction(1, 100), (("m", 2), ("s", -2))),
    ("mrem", Fraction(1, 100_000), (("m", 2), ("s", -2))),
    ("\N{DEGREE SIGN}C degC Celsius celsius centigrade degreeC", 1, _KELVIN),
    ("\N{DEGREE SIGN}F degF Fahrenheit fahrenheit", Fraction(5, 9), _KELVIN),
    ("\N{DEGREE SIGN}K", 1, _KELVIN),
    ("e", Fraction("1.602176634e-19"), (("A", 1), ("s", 1))),
    ("kilowatt kilowatts", 1000, _POWER),
    ("D diopter diopters dioptre dioptres", 1, (("m", -1),)),
):  # fmt: skip
    for _word in _words.split():
        EVERYDAY.setdefault(_word, (Fraction(_size), _dimension))
for _table_, _few in ((_SYMBOLS, ("kN", "mN", "MN", "kJ", "MJ", "GJ", "mJ", "kW", "MW", "GW", "mW", "kPa", "MPa", "kHz",
    "MHz", "GHz", "mA", "mC", "nC", "pC", "kV", "mV", "MV", "mF", "nF", "pF", "mT", "mH", "mWb", "mmol", "kmol", "nm",
    "pm", "ns", "kcal", "kWh", "N", "J", "W", "Pa", "Hz", "A", "C", "V", _OHM, "k" + _OHM, "M" + _OHM, "m" + _OHM, "F",
    "T", "Wb", "H", "K", "mol", "mK", "cal", *(m + u for m in (_MU, "\N{MICRO SIGN}") for u in "ACFms"))),
    (_NAMES, tuple(_NAMES))):  # fmt: skip
    for _word in _few:
        EVERYDAY.setdefault(_word, _table_[_word])

# Rarer units, taken from Pint by Pint's name for them.
PINT_NAMES: dict[str, str] = {
    "furlong": "furlong",
    "furlongs": "furlong",
    "rod": "rod",
    "fathom": "fathom",
    "fathoms": "fathom",
    "stone": "stone",
    "grain": "grain",
    "carat": "carat",
    "poise": "poise",
    "stokes": "stokes",
    "therm": "therm",
    "maxwell": "maxwell",
    "oersted": "oersted",
    "roentgen": "roentgen",
    "debye": "debye",
}
# Where the scale does not begin at nothing: the kelvins at its zero.
AFFINE: dict[str, Fraction] = {
    **dict.fromkeys(("\N{DEGREE SIGN}C", "degC", "Celsius", "celsius", "centigrade", "degreeC"), Fraction(27_315, 100)),
    **dict.fromkeys(("\N{DEGREE SIGN}F", "degF", "Fahrenheit", "fahrenheit"), Fraction(45_967, 180)),
}
# One of them is so many radians; they count as a number in a dimension. A turn is 2π of them.
ANGLES: dict[str, str] = {
    **dict.fromkeys(("rad", "radian", "radians"), "radian"),
    **dict.fromkeys(("rev", "revs", "revolution", "revolutions", "turn", "turns", "rpm", "RPM", "rps"), "turn"),
    **dict.fromkeys(("deg", "degree", "degrees", "\N{DEGREE SIGN}"), "degree"),
}

# What people take a month and a year for, in days, where they convert between the calendar and days.
CALENDARS = (
    (Fraction(30), Fraction(365)),
    (Fraction(28), Fraction(364)),
    (Fraction(30), Fraction(360)),
    (Fraction(31), Fraction(366)),
    (Fraction(365, 12), Fraction(365)),
    (Fraction(28), Fraction(365)),
    (Fraction(30), Fraction(364)),
)
CURRENCIES = frozenset({"dollar", "euro", "sterling", "rupee"})


@cache
def registry() -> Any:
    """Pint's registry with exact fractions, loaded when first asked for."""
    import pint

    return pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)


@cache
def pint_measure(name: str) -> tuple[Fraction, Dimension]:
    """Size and dimension of one of Pint's units, by Pint's own name for it."""
    units = registry()
    quantity = units.Quantity(Fraction(1), units.UnitsContainer({name: 1})).to_base_units()
    bases = {"meter": "m", "kilogram": "kg", "second": "s", "ampere": "A", "kelvin": "K", "mole": "mol"}
    bases["candela"] = "cd"
    size = Fraction(quantity.magnitude)
    exponents: dict[str, int] = {}
    for base, exponent in quantity.unit_items():
        if base == "gram":
            size, base = size / Fraction(1000) ** int(exponent), "kilogram"
        if base != "radian":
            exponents[bases.get(base, base)] = int(exponent)
    return size, tuple(sorted((base, e) for base, e in exponents.items() if e))


@lru_cache(maxsize=4096)  # a student's words come here too
def measure_of_word(word: str) -> tuple[Fraction, Dimension] | None:
    """Size and dimension of one unit word; None for a word that counts things."""
    found = EVERYDAY.get(word) or _SYMBOLS.get(word) or (EVERYDAY.get(word.lower()) if len(word) > 2 else None)
    if found is not None:
        return found
    if len(word) > 5:
        lower = word.lower()
        for prefix, power in _PREFIX_WORDS.items():
            if lower.startswith(prefix) and (known := _NAMES.get(lower[len(prefix) :])) is not None:
                return known[0] * Fraction(10) ** power, known[1]
    name = PINT_NAMES.get(word) or (PINT_NAMES.get(word.lower()) if len(word) > 3 else None)
    return pint_measure(name) if name is not None else None


def measure(unit: Unit) -> Measure:
    """Size, dimension and counted nouns of a unit."""
    return _measure(unit.factors)


@lru_cache(maxsize=4096)
def _measure(factors: tuple[tuple[str, int], ...]) -> Measure:
    size = Fraction(1)
    dimension = NO_DIMENSION
    nouns: set[str] = set()
    for word, exponent in with_pounds_of_force(factors):
        found = measure_of_word(word)
        if found is None:
            nouns.add(singular(word))
            continue
        if abs(exponent) > 12:
            raise Unsupported("a unit to such a power")
        size *= found[0] ** exponent
        dimension = times(dimension, raised(found[1], exponent))
    return Measure(size, dimension, frozenset(nouns))


_POUNDS = frozenset({"lb", "lbs", "pound", "pounds"})
_BY_FORCE = (("ft", 1), ("feet", 1), ("foot", 1), ("in", 1), ("inch", 1), ("in", -2), ("inch", -2), ("ft", -2))


def with_pounds_of_force(factors: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """lb ft, lb/in²: a pound is a force beside a foot, and over an area."""
    if len(factors) != 2 or not _POUNDS & {word for word, _ in factors}:
        return factors
    pounds, other = factors if factors[0][0] in _POUNDS else factors[::-1]
    return (("lbf", 1), other) if pounds[1] == 1 and other in _BY_FORCE else factors


def is_affine(unit: Unit) -> bool:
    """Whether the unit's scale does not begin at nothing: °C and °F, alone and to the first power."""
    return len(unit.factors) == 1 and unit.factors[0][1] == 1 and unit.factors[0][0] in AFFINE


def kelvins_at_zero(unit: Unit) -> Fraction:
    """What must be added, in kelvins, to an absolute temperature in this unit: 273.15 for °C."""
    return AFFINE[unit.factors[0][0]] if is_affine(unit) else Fraction(0)


def is_difference(left: Expr) -> bool:
    """Whether what a temperature is set equal to is a change of temperature: `ΔT`, `T_2 - T_1`, `Q/(m c)`.

    A letter, a word or nothing (`T = 25 °C`) says an absolute temperature.
    """
    match left:
        case Symbol(name):
            return name.startswith(("Delta", "dT", "deltaT"))
        case Words(text):
            words = text.lower()
            return any(w in words for w in ("change", "difference", "rise", "drop", "increase", "decrease", "fall"))
        case Bracket(inner) | Negative(inner) | Positive(inner) | Absolute(inner):
            return is_difference(inner)
        case Sum(terms):
            below = [t for t in terms if isinstance(t, Negative)]
            return len(below) * 2 == len(terms)
        case Quantity():
            return False
        case Quotient() | Product():
            return True
    return False


def in_kelvins(value: Fraction, unit: Unit) -> Fraction:
    """An absolute temperature in kelvins; a difference is only scaled (`size_of`)."""
    return value * measure(unit).size + kelvins_at_zero(unit)


def turns_in(unit: Unit) -> int:
    """To what power a turn stands in a unit: 1 in rev/s and rpm, 0 in rad/s.

    A turn counts as 1, so that 60 rpm is 1 Hz; as an angle in radians it is 2π.
    """
    return sum(exponent for word, exponent in unit.factors if ANGLES.get(word) == "turn")


def degrees_in(unit: Unit) -> int:
    """To what power the degree of an angle stands in a unit, 1 in deg/s; it counts as 1, and is π/180 radians."""
    return sum(exponent for word, exponent in unit.factors if ANGLES.get(word) == "degree")


def singular(word: str) -> str:
    """One name for the singular and the plural: `boxes` and `box`, `cookies` and `cookie`, `lbs` and `lb`."""
    lower = word.lower()
    if len(lower) > 4 and lower.endswith(("ches", "shes", "xes", "sses")):
        return lower[:-2]
    if len(lower) > 4 and lower.endswith("ies"):
        return lower[:-3] + "y"
    if len(lower) > 3 and lower.endswith("s") and not lower.endswith("ss"):
        return lower[:-1]
    return lower


def units_in(expr: Node) -> Iterator[Unit]:
    """The units written anywhere in an expression."""
    stack: list[Node] = [expr]
    while stack:
        n = stack.pop()
        if n.__class__ is Quantity:
            yield n.unit
        stack.extend(reversed([c for c in children(n) if c.__class__ is not Unit]))


def unknown_units(expr: Node) -> list[tuple[str, Unit]]:
    """The words in units that are the name of no unit, each with the unit it stands in: `frob` of `5 frob/s`."""
    return [(word, u) for u in units_in(expr) for word, _ in u.factors if measure_of_word(word) is None]


@cache
def unit_words() -> tuple[str, ...]:
    """The units by word, for what a misspelt one was meant to be."""
    return tuple(word for word in {**EVERYDAY, **_NAMES, **PINT_NAMES} if len(word) > 2 and word.isalpha())


class Measured(NamedTuple):
    """A value in base units: what the numerals say (`value`), what they may stand for (`lo`, `hi`)."""

    value: Any
    lo: Any
    hi: Any
    dimension: Dimension
    nouns: frozenset[str]


def measured(
    expr: Expr,
    exact: Container[Fraction] = frozenset(),
    calendar: tuple[Fraction, Fraction] | None = None,
) -> Measured:
    """An expression with units, worked out in base units.

    calendar: days in a month and in a year, where those are to be turned into days.

    Raises:
        Unsupported: terms of different dimensions, or a bare number added to a quantity.
        Undefined, TooLarge: as `exact_value`.
    """
    return _Measuring(exact, calendar).of(expr)


class _Measuring:
    def __init__(self, exact: Container[Fraction], calendar: tuple[Fraction, Fraction] | None) -> None:
        self.exact = exact
        self.calendar = calendar

    def plain(self, expr: Expr) -> Measured:
        env = Conventions({})
        lo, hi = interval(expr, self.exact, env)
        return Measured(exact_value(expr, env), lo, hi, NO_DIMENSION, frozenset())

    def of(self, expr: Expr) -> Measured:
        match expr:
            case Quantity(value, unit):
                return self.scaled(self.plain(value), measure(unit))
            case Bracket(inner) | Positive(inner):
                return self.of(inner)
            case Negative(inner):
                m = self.of(inner)
                return Measured(-m.value, -m.hi, -m.lo, m.dimension, m.nouns)
            case Sum(terms):
                return self.added([self.of(term) for term in terms])
            case Product(factors):
                total = self.of(factors[0])
                for factor in factors[1:]:
                    total = self.multiplied(total, self.of(factor))
                return total
            case Quotient(top, bottom):
                return self.multiplied(self.of(top), self.inverse(self.of(bottom)))
            case Power(base, exponent) if next(units_in(base), None) is not None:
                k = exact_value(exponent)
                if k.q != 1 or not 1 <= k <= 12:
                    raise Unsupported("a quantity to such a power")
                total = one = self.of(base)
                for _ in range(int(k.p) - 1):
                    total = self.multiplied(total, one)
                return total
            case Absolute() if next(units_in(expr), None) is not None:
                raise Unsupported("the size of a quantity")
        if next(units_in(expr), None) is not None:
            raise Unsupported(f"units inside a {type(expr).__name__}")
        return self.plain(expr)

    def scaled(self, m: Measured, by: Measure) -> Measured:
        size, dimension = by.size, by.dimension
        if self.calendar is not None:
            exponents: dict[str, Exponent] = dict(dimension)
            months = int(exponents.pop("month", 0))
            if months:
                days_a_month, days_a_year = self.calendar
                # A whole number of years is taken at the length of a year.
                each = days_a_year / 12 if by.size % 12 == 0 or (1 / by.size) % 12 == 0 else days_a_month
                size *= (each * 86_400) ** months
                exponents["s"] = exponents.get("s", 0) + months
                dimension = tuple(sorted((b, e) for b, e in exponents.items() if e))
        factor = to_fmpq(size)
        return Measured(m.value * factor, m.lo * factor, m.hi * factor, dimension, by.nouns)

    @staticmethod
    def added(terms: list[Measured]) -> Measured:
        first = terms[0]
        if any(t.dimension != first.dimension or t.nouns != first.nouns for t in terms):
            raise Unsupported("terms of different kinds")
        value, lo, hi = first.value, first.lo, first.hi
        for t in terms[1:]:
            value, lo, hi = value + t.value, lo + t.lo, hi + t.hi
        return Measured(value, lo, hi, first.dimension, first.nouns)

    @staticmethod
    def multiplied(a: Measured, b: Measured) -> Measured:
        corners = (a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi)
        dimension = times(a.dimension, b.dimension)
        return Measured(a.value * b.value, min(corners), max(corners), dimension, a.nouns | b.nouns)

    @staticmethod
    def inverse(m: Measured) -> Measured:
        if not m.value:
            raise Undefined("division by zero")
        if m.lo <= 0 <= m.hi:
            raise Unsupported("the denominator may be zero")
        return Measured(1 / m.value, 1 / m.hi, 1 / m.lo, tuple((b, -e) for b, e in m.dimension), m.nouns)


@lru_cache(maxsize=1024)
def ratios(dimension: Dimension) -> frozenset[Fraction]:
    """How many of one unit make another, for all everyday units of a dimension."""
    sizes = {size for size, d in EVERYDAY.values() if d == dimension}
    return frozenset(a / b for a in sizes for b in sizes if a != b)


def convertible(*exprs: Expr) -> bool:
    """Whether units of one dimension but of different sizes meet, or a unit that is a number (dozen)."""
    sizes: dict[Dimension, set[Fraction]] = {}
    for expr in exprs:
        for unit in units_in(expr):
            for word, _ in unit.factors:
                if (known := measure_of_word(word)) is not None:
                    sizes.setdefault(known[1], set()).add(known[0])
    return any(len(found) > 1 or (not dimension and found != {1}) for dimension, found in sizes.items())


def is_money(unit: Unit) -> bool:
    """Whether the unit is an amount of money."""
    return any(base in CURRENCIES for base, _ in measure(unit).dimension)


def size_of(unit: Unit, calendar: tuple[Fraction, Fraction] | None = None) -> Fraction:
    """Base units in one unit, under the calendar given."""
    one = to_fmpq(1)
    bare = Measured(one, one, one, NO_DIMENSION, frozenset())
    return to_fraction(_Measuring(frozenset(), calendar).scaled(bare, measure(unit)).value)
