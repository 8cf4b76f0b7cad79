"""Constants of nature and a few of everyday physics, with the roundings that students use.

Values are exact fractions in SI base units. Source: CODATA 2022 (NIST), unless an entry says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from math import floor, log10

from tutor.bridge.dimensions import Dimension, dimension_of
from tutor.bridge.units import measure_of_word

CODATA = "CODATA 2022"
MOST_FIGURES = 12


@dataclass(frozen=True, slots=True)
class PhysicalConstant:
    """A constant of physics.

    says: with its article. symbols: names it goes by, as the tree spells them (`epsilon_0`, `k_B`). value, roundings:
    in SI base units. unit: the unit that it is usually given in, as text.
    """

    id: str
    says: str
    symbols: tuple[str, ...]
    value: Fraction
    unit: str
    dimension: Dimension
    roundings: tuple[Fraction, ...] = ()
    source: str = CODATA


# id, says, symbols, value in the unit, unit, roundings in the unit, source
_ROWS: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("g", "the acceleration of free fall", "g a_g g_0 g_E", "9.80665", "m/s^2", "9.8 9.81 9.80 9.807 10 10.0 9.82 9.79",
     "standard value, CGPM 1901"),
    ("c", "the speed of light", "c c_0", "299792458", "m/s", "3e8 3.00e8 2.998e8 2.99e8 3.0e8", CODATA),
    ("h", "the Planck constant", "h", "6.62607015e-34", "J s", "6.63e-34 6.626e-34 6.6e-34 6.62e-34 6.64e-34", CODATA),
    ("h_eV", "the Planck constant", "h", "4.135667696e-15", "eV s", "4.14e-15 4.136e-15 4.1357e-15 4.1e-15 4.135e-15",
     CODATA),
    ("hbar", "the reduced Planck constant", "hbar", "1.054571817e-34", "J s", "1.05e-34 1.055e-34 1.0546e-34 1.06e-34",
     CODATA),
    ("hc", "the product of the Planck constant and the speed of light", "hc", "1239.841984", "eV nm",
     "1240 1239.8 1242 1243", CODATA),
    ("e", "the elementary charge", "e q_e q_p", "1.602176634e-19", "C", "1.6e-19 1.60e-19 1.602e-19 1.61e-19", CODATA),
    ("k_B", "the Boltzmann constant", "k_B k kb", "1.380649e-23", "J/K", "1.38e-23 1.381e-23 1.4e-23", CODATA),
    ("k_B_eV", "the Boltzmann constant", "k_B k", "8.617333262e-5", "eV/K", "8.62e-5 8.617e-5 8.6e-5", CODATA),
    ("G", "the gravitational constant", "G", "6.67430e-11", "N m^2 kg^-2",
     "6.67e-11 6.674e-11 6.673e-11 6.7e-11 6.672e-11 6.67384e-11 6.67408e-11", CODATA),
    ("N_A", "the Avogadro constant", "N_A N_a", "6.02214076e23", "mol^-1", "6.02e23 6.022e23 6.0e23 6.023e23", CODATA),
    ("R", "the gas constant", "R R_gas", "8.31446261815324", "J mol^-1 K^-1", "8.31 8.314 8.3 8.3145 8.315 8.32",
     CODATA),
    ("R_atm", "the gas constant", "R", "0.082057366", "L atm mol^-1 K^-1", "0.0821 0.08206 0.082 0.08205", CODATA),
    ("epsilon_0", "the permittivity of free space", "epsilon_0 epsilon epsilon_o", "8.8541878188e-12", "F/m",
     "8.85e-12 8.854e-12 8.9e-12 8.86e-12", CODATA),
    ("mu_0", "the permeability of free space", "mu_0 mu_o", "1.25663706127e-6", "H/m",
     "1.26e-6 1.257e-6 1.2566e-6 1.25e-6 1.3e-6 1.2566370614e-6 1.256637e-6", CODATA),
    ("k_e", "the Coulomb constant", "k_e k k_C K", "8.9875517862e9", "N m^2 C^-2",
     "8.99e9 9e9 9.0e9 9.00e9 8.988e9 8.98e9 8.9876e9", CODATA),
    ("m_e", "the mass of the electron", "m_e m_electron", "9.1093837139e-31", "kg", "9.11e-31 9.1e-31 9.109e-31 9e-31",
     CODATA),
    ("m_p", "the mass of the proton", "m_p m_proton", "1.67262192595e-27", "kg",
     "1.67e-27 1.673e-27 1.7e-27 1.6726e-27", CODATA),
    ("m_n", "the mass of the neutron", "m_n m_neutron", "1.67492750056e-27", "kg",
     "1.67e-27 1.675e-27 1.7e-27 1.6749e-27", CODATA),
    ("m_alpha", "the mass of the alpha particle", "m_alpha", "6.6446573450e-27", "kg", "6.64e-27 6.644e-27 6.645e-27",
     CODATA),
    ("u", "the atomic mass unit", "u m_u amu", "1.66053906892e-27", "kg", "1.66e-27 1.661e-27 1.6605e-27 1.7e-27",
     CODATA),
    ("u_MeV", "the energy of the atomic mass unit", "", "931.49410372", "MeV", "931.5 931 931.494 931.49 932", CODATA),
    ("m_e_MeV", "the rest energy of the electron", "", "0.51099895069", "MeV", "0.511 0.51", CODATA),
    ("m_p_MeV", "the rest energy of the proton", "", "938.27208943", "MeV", "938 938.3 938.27 938.272", CODATA),
    ("m_n_MeV", "the rest energy of the neutron", "", "939.56542194", "MeV", "939.6 940 939.57 939.565", CODATA),
    ("sigma", "the Stefan-Boltzmann constant", "sigma sigma_SB", "5.670374419e-8", "W m^-2 K^-4",
     "5.67e-8 5.6704e-8 5.7e-8 5.670e-8", CODATA),
    ("wien", "the Wien displacement constant", "b", "2.897771955e-3", "m K", "2.9e-3 2.90e-3 2.898e-3 2.8978e-3",
     CODATA),
    ("F", "the Faraday constant", "F", "96485.33212", "C mol^-1", "96500 96485 9.65e4 96490", CODATA),
    ("a_0", "the Bohr radius", "a_0 r_B a_B", "5.29177210544e-11", "m", "5.29e-11 5.3e-11 5.292e-11 5.28e-11", CODATA),
    ("R_infinity", "the Rydberg constant", "R_infinity R_H R", "10973731.568157", "m^-1",
     "1.097e7 1.1e7 1.10e7 1.0974e7 1.09737e7", CODATA),
    ("rydberg_energy", "the energy of the ground state of hydrogen", "E_1 E_0", "13.605693122990", "eV",
     "13.6 13.61 13.606", CODATA),
    ("mu_B", "the Bohr magneton", "mu_B", "9.2740100657e-24", "A m^2", "9.27e-24 9.274e-24", CODATA),
    ("lambda_C", "the Compton wavelength of the electron", "lambda_C", "2.42631023538e-12", "m",
     "2.43e-12 2.426e-12 2.4e-12", CODATA),
    ("eV", "the electron volt", "eV", "1.602176634e-19", "J", "1.6e-19 1.60e-19 1.602e-19", CODATA),
    ("M_E", "the mass of the Earth", "M_E M_Earth M_earth m_E M_e m_Earth M", "5.972e24", "kg",
     "5.97e24 5.98e24 6.0e24 6e24 5.9722e24 5.9736e24 5.974e24 5.96e24", "IAU 2015, NASA fact sheet"),
    ("R_E", "the radius of the Earth", "R_E R_Earth R_earth r_E R_e r_Earth", "6.371e6", "m",
     "6.37e6 6.38e6 6.4e6 6.378e6 6.371e6 6.36e6 6400e3", "NASA fact sheet"),
    ("M_sun", "the mass of the Sun", "M_sun M_Sun M_S M_s", "1.989e30", "kg",
     "1.99e30 2.0e30 2e30 1.9885e30 1.988e30", "NASA fact sheet"),
    ("R_sun", "the radius of the Sun", "R_sun R_Sun R_S", "6.957e8", "m", "6.96e8 7.0e8 6.95e8", "NASA fact sheet"),
    ("M_moon", "the mass of the Moon", "M_moon M_Moon M_M", "7.346e22", "kg", "7.35e22 7.36e22 7.34e22 7.3e22",
     "NASA fact sheet"),
    ("R_moon", "the radius of the Moon", "R_moon R_Moon R_M", "1.7374e6", "m", "1.74e6 1.737e6 1.7e6",
     "NASA fact sheet"),
    ("g_moon", "the acceleration of free fall on the Moon", "g_moon g_Moon g_M g_m", "1.62", "m/s^2",
     "1.6 1.63 1.625 1.67", "NASA fact sheet"),
    ("r_moon", "the distance of the Moon", "r_moon r_Moon", "3.844e8", "m", "3.84e8 3.8e8 3.85e8", "NASA fact sheet"),
    ("AU", "the distance of the Sun", "AU r_ES", "149597870700", "m", "1.5e11 1.50e11 1.496e11 1.49e11", "IAU 2012"),
    ("atm", "standard atmospheric pressure", "p_0 P_0 p_atm P_atm p_a P_a", "101325", "Pa",
     "1.01e5 1.013e5 1.0e5 1e5 101000 101300 100000 1.01325e5", "ISO 2533"),
    ("rho_water", "the density of water", "rho_w rho_water rho", "1000", "kg/m^3", "1000 1.00e3 998 997 999",
     "CRC Handbook; 1000 at 4 degrees C"),
    ("rho_seawater", "the density of sea water", "rho_sw", "1025", "kg/m^3", "1025 1030 1020 1024", "CRC Handbook"),
    ("rho_air", "the density of air", "rho_air", "1.204", "kg/m^3", "1.2 1.20 1.29 1.225 1.21 1.28", "CRC Handbook"),
    ("rho_mercury", "the density of mercury", "rho_Hg", "13595", "kg/m^3", "13600 13.6e3 13534 13550 1.36e4",
     "CRC Handbook"),
    ("rho_ice", "the density of ice", "rho_ice", "917", "kg/m^3", "920 917 916", "CRC Handbook"),
    ("c_water", "the specific heat of water", "c_w c_water c", "4186", "J kg^-1 K^-1",
     "4186 4200 4180 4190 4184 4.19e3 4.18e3 4.2e3 4182 4187", "CRC Handbook"),
    ("c_ice", "the specific heat of ice", "c_ice c_i", "2090", "J kg^-1 K^-1", "2090 2100 2108 2060 2.1e3",
     "CRC Handbook"),
    ("c_steam", "the specific heat of steam", "c_steam", "2010", "J kg^-1 K^-1", "2010 2000 1520 2020", "CRC Handbook"),
    ("L_f", "the latent heat of fusion of water", "L_f L", "334000", "J/kg",
     "3.34e5 3.33e5 3.3e5 3.335e5 334000 333000 330000 336000", "CRC Handbook"),
    ("L_v", "the latent heat of vaporization of water", "L_v L", "2256000", "J/kg",
     "2.256e6 2.26e6 2.3e6 2.25e6 2.257e6 2.27e6", "CRC Handbook"),
    ("v_sound", "the speed of sound in air", "v_sound v_s v_w v c_s", "343", "m/s", "343 340 344 345 331 330 342 346",
     "CRC Handbook; 343 at 20 degrees C"),
    ("v_sound_0", "the speed of sound in air at 0 degrees C", "v_sound_0", "331.3", "m/s", "331 331.3 331.5 332",
     "CRC Handbook"),
    ("I_0", "the threshold of hearing", "I_0", "1e-12", "W/m^2", "1e-12", "ISO 389-7"),
    ("zero_celsius", "the temperature of melting ice", "T_0", "273.15", "K", "273 273.15 273.2", "CGPM 1954"),
    ("V_m", "the molar volume of an ideal gas at 0 degrees C and 1 atm", "V_m", "22.413969", "L/mol", "22.4 22.41",
     CODATA),
    ("c_squared", "the energy per atomic mass unit", "", "931.49410372", "MeV/u", "931.5 931 931.494 931.49 932",
     CODATA),
)  # fmt: skip


@cache
def _measure(text: str) -> tuple[Fraction, Dimension]:
    """Size and dimension of a unit as the table writes it: `N m^2 kg^-2`, `J/kg`."""
    size = Fraction(1)
    exponents: dict[str, int | Fraction] = {}
    above, _, below = text.partition("/")
    for part, sign in ((above, 1), (below, -1)):
        for factor in part.split():
            word, _, power = factor.partition("^")
            found = measure_of_word(word)
            assert found is not None, word
            k = sign * int(power or 1)
            size *= found[0] ** k
            for base, e in found[1]:
                exponents[base] = exponents.get(base, 0) + e * k
    return size, dimension_of(**exponents)


def _constants() -> Mapping[str, PhysicalConstant]:
    found: dict[str, PhysicalConstant] = {}
    for id_, says, symbols, value, unit, roundings, source in _ROWS:
        size, dimension = _measure(unit)
        rounded = tuple(dict.fromkeys(Fraction(r) * size for r in roundings.split()))
        exact = Fraction(value) * size
        found[id_] = PhysicalConstant(id_, says, tuple(symbols.split()), exact, unit, dimension, rounded, source)
    return found


CONSTANTS: Mapping[str, PhysicalConstant] = _constants()


def rounded_to(value: Fraction, figures: int) -> Fraction:
    """A value rounded half up to so many significant figures."""
    if not value:
        return value
    size = abs(value)
    exponent = floor(log10(size.numerator) - log10(size.denominator))
    step = Fraction(10) ** (exponent - figures + 1)
    rounded = Fraction(floor(size / step + Fraction(1, 2))) * step
    return rounded if value > 0 else -rounded


@cache
def _by_dimension() -> Mapping[Dimension, tuple[tuple[PhysicalConstant, frozenset[Fraction]], ...]]:
    found: dict[Dimension, list[tuple[PhysicalConstant, frozenset[Fraction]]]] = {}
    for constant in CONSTANTS.values():
        values = {constant.value, *constant.roundings}
        values.update(rounded_to(constant.value, figures) for figures in range(2, MOST_FIGURES))
        found.setdefault(constant.dimension, []).append((constant, frozenset(values)))
    return {dimension: tuple(those) for dimension, those in found.items()}


@lru_cache(maxsize=1024)
def constant_like(value: Fraction, dimension: Dimension) -> PhysicalConstant | None:
    """The constant that a number in SI base units stands for: its value, a usual rounding, or a correct one.

    The sign does not count. Of several (1.67e-27 kg) the nearest is taken.
    """
    size = abs(value)
    those = [constant for constant, values in _by_dimension().get(dimension, ()) if size in values]
    return min(those, key=lambda c: abs(c.value - size)) if those else None


@cache
def _by_symbol() -> Mapping[str, tuple[PhysicalConstant, ...]]:
    found: dict[str, list[PhysicalConstant]] = {}
    for constant in CONSTANTS.values():
        for symbol in constant.symbols:
            found.setdefault(symbol, []).append(constant)
    return {symbol: tuple(those) for symbol, those in found.items()}


def constants_of_symbol(name: str) -> tuple[PhysicalConstant, ...]:
    """The constants that go by a name (`k`: Boltzmann's and Coulomb's), likeliest first."""
    return _by_symbol().get(name, ())


def constant_of_symbol(name: str) -> PhysicalConstant | None:
    """The constant that goes by a name, as the tree spells it; None where there is none."""
    those = constants_of_symbol(name)
    return those[0] if those else None
