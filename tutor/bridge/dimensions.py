"""Dimensions of quantities: products and powers of the seven SI bases, and what each is called in words.

A dimension is a sorted tuple of (base, exponent) without zeros; exponents are whole or Fractions (√(2 g h)).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

Exponent = int | Fraction
Dimension = tuple[tuple[str, Exponent], ...]
NO_DIMENSION: Dimension = ()


def _whole(exponent: Exponent) -> Exponent:
    return exponent.numerator if isinstance(exponent, Fraction) and exponent.denominator == 1 else exponent


def dimension_of(**exponents: Exponent) -> Dimension:
    """The product of such powers of the bases; m=1, s=-2 gives that of an acceleration."""
    return tuple(sorted((base, _whole(e)) for base, e in exponents.items() if e))


def times(a: Dimension, b: Dimension) -> Dimension:
    """The dimension of a product."""
    if not a or not b:
        return a or b
    exponents = dict(a)
    for base, e in b:
        exponents[base] = exponents.get(base, 0) + e
    return tuple(sorted((base, _whole(e)) for base, e in exponents.items() if e))


def raised(a: Dimension, exponent: Exponent) -> Dimension:
    """The dimension of a power; the exponent may be a fraction, 1/2 for a square root."""
    if not exponent:
        return NO_DIMENSION
    return tuple((base, _whole(e * exponent)) for base, e in a)


def over(a: Dimension, b: Dimension) -> Dimension:
    """The dimension of a quotient."""
    return times(a, raised(b, -1))


def _dimension(text: str) -> Dimension:
    """`kg m^2 s^-2`, as the table below writes it."""
    found: dict[str, Exponent] = {}
    for factor in text.split():
        base, _, exponent = factor.partition("^")
        found[base] = int(exponent or 1)
    return dimension_of(**found)


# What a dimension is called. Where several kinds of quantity share it, the words say so.
_WORDS: dict[Dimension, str] = {
    _dimension(bases): words
    for bases, words in (
        ("", "a number"),
        ("m", "a length"),
        ("m^2", "an area"),
        ("m^3", "a volume"),
        ("s", "a time"),
        ("s^2", "a time squared"),
        ("s^-1", "a frequency or an angular speed"),
        ("s^-2", "an angular acceleration"),
        ("m s^-1", "a speed"),
        ("m^2 s^-2", "a speed squared"),
        ("m s^-2", "an acceleration"),
        ("m s^-3", "a change of acceleration per time"),
        ("m^-1", "one over a length"),
        ("m^-2", "one over an area"),
        ("m^-3", "a number per volume"),
        ("kg", "a mass"),
        ("kg m^-3", "a density"),
        ("kg m^-2", "a mass per area"),
        ("kg m^-1", "a mass per length"),
        ("kg s^-1", "a mass per time"),
        ("m^3 s^-1", "a volume per time"),
        ("m^3 kg^-1", "a volume per mass"),
        ("kg m s^-1", "a momentum"),
        ("kg m s^-2", "a force"),
        ("kg m^2 s^-2", "an energy or a torque"),
        ("kg m^2 s^-3", "a power"),
        ("kg m^-1 s^-2", "a pressure"),
        ("kg s^-2", "a force per length"),
        ("kg s^-3", "a power per area"),
        ("kg m^2", "a moment of inertia"),
        ("kg m^2 s^-1", "an angular momentum"),
        ("kg m^-1 s^-1", "a viscosity"),
        ("kg^-1 m^3 s^-2", "a gravitational constant"),
        ("m^3 s^-2", "a volume per time squared"),
        ("K", "a temperature"),
        ("K^-1", "one over a temperature"),
        ("K m^-1", "a temperature per length"),
        ("kg m^2 s^-2 K^-1", "a heat capacity or an entropy"),
        ("m^2 s^-2 K^-1", "a specific heat"),
        ("kg m s^-3 K^-1", "a thermal conductivity"),
        ("kg s^-3 K^-1", "a heat transfer coefficient"),
        ("kg s^-3 K^-4", "a power per area and temperature to the fourth"),
        ("m K", "a length times a temperature"),
        ("kg m^2 s^-2 K^-1 mol^-1", "a molar heat capacity"),
        ("kg m^2 s^-2 mol^-1", "an energy per amount of substance"),
        ("mol", "an amount of substance"),
        ("mol m^-3", "a concentration"),
        ("kg mol^-1", "a molar mass"),
        ("mol^-1", "a number per amount of substance"),
        ("A", "a current"),
        ("A s", "a charge"),
        ("A m^-2", "a current per area"),
        ("A m^-1", "a current per length"),
        ("A s m^-1", "a charge per length"),
        ("A s m^-2", "a charge per area"),
        ("A s m^-3", "a charge per volume"),
        ("A s kg^-1", "a charge per mass"),
        ("A s mol^-1", "a charge per amount of substance"),
        ("A m^2", "a magnetic moment"),
        ("A s m", "an electric dipole moment"),
        ("kg m^2 s^-3 A^-1", "a voltage"),
        ("kg m^2 s^-3 A^-2", "a resistance"),
        ("kg m^3 s^-3 A^-2", "a resistivity"),
        ("A^2 s^3 kg^-1 m^-2", "a conductance"),
        ("A^2 s^3 kg^-1 m^-3", "a conductivity"),
        ("A^2 s^4 kg^-1 m^-2", "a capacitance"),
        ("A^2 s^4 kg^-1 m^-3", "a permittivity"),
        ("kg m s^-3 A^-1", "an electric field"),
        ("kg m^3 s^-3 A^-1", "an electric flux"),
        ("kg s^-2 A^-1", "a magnetic field"),
        ("kg m^2 s^-2 A^-1", "a magnetic flux"),
        ("kg m^2 s^-2 A^-2", "an inductance"),
        ("kg m s^-2 A^-2", "a permeability"),
        ("kg m^3 s^-4 A^-2", "a Coulomb constant"),
        ("kg m^3 s^-2", "an energy times a length"),
        ("kg s^-1 m^-2", "a mass per time and area"),
        ("cd", "a luminous intensity or flux"),
        ("cd m^-2", "an illuminance"),
        ("bit", "an amount of data"),
        ("bit s^-1", "a data rate"),
        ("dollar", "an amount of money"),
        ("euro", "an amount of money"),
        ("sterling", "an amount of money"),
        ("rupee", "an amount of money"),
        ("month", "a time"),
    )
}


def unit_text(dimension: Dimension) -> str:
    """The dimension in base units, `kg m^2/s^3`; "1" for a number."""
    above = " ".join(_powered(base, e) for base, e in dimension if e > 0)
    below = [_powered(base, -e) for base, e in dimension if e < 0]
    if not below:
        return above or "1"
    return f"{above or '1'}/{below[0] if len(below) == 1 else '(' + ' '.join(below) + ')'}"


def _powered(base: str, exponent: Exponent) -> str:
    if exponent == 1:
        return base
    return f"{base}^{exponent}" if isinstance(exponent, int) else f"{base}^({exponent})"


@lru_cache(maxsize=1024)
def in_words(dimension: Dimension) -> str:
    """What a quantity of this dimension is: "a length", "an energy or a torque", "a quantity in kg m^3/s"."""
    return _WORDS.get(dimension) or f"a quantity in {unit_text(dimension)}"
