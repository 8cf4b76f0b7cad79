"""Constants have the values that physics gives them, and are known by the roundings that students use."""

from fractions import Fraction

import pytest

from tutor.bridge.constants import CONSTANTS, constant_like, constant_of_symbol, constants_of_symbol, rounded_to
from tutor.bridge.dimensions import dimension_of

ACCELERATION, SPEED, MASS = dimension_of(m=1, s=-2), dimension_of(m=1, s=-1), dimension_of(kg=1)
CASES = [
    # value      dimension     constant  why it is here
    ("9.8", ACCELERATION, "g", "two figures"),
    ("10", ACCELERATION, "g", "as problems allow"),
    ("-9.81", ACCELERATION, "g", "downwards"),
    ("3e8", SPEED, "c", "one figure"),
    ("2.99792e8", SPEED, "c", "six figures"),
    ("340", SPEED, "v_sound", "another speed"),
    ("6.67e-11", dimension_of(kg=-1, m=3, s=-2), "G", "three figures"),
    ("1.67e-27", MASS, "m_p", "the proton is nearer than the neutron"),
    ("9.5", ACCELERATION, None, "some acceleration"),
    ("9.8", SPEED, None, "not an acceleration"),
]


@pytest.mark.parametrize(("value", "dimension", "name", "why"), CASES)
def test_a_number_is_known_for_the_constant(value, dimension, name, why):
    found = constant_like(Fraction(value), dimension)
    assert (found.id if found else None) == name, why


def test_every_rounding_is_near_its_constant():
    for constant in CONSTANTS.values():
        for rounding in constant.roundings:
            assert abs(rounding / constant.value - 1) < Fraction(1, 4 if constant.id == "c_steam" else 9), constant.id


def test_relations_between_constants_hold():
    c = {name: float(constant.value) for name, constant in CONSTANTS.items()}
    assert c["k_B"] * c["N_A"] == pytest.approx(c["R"], rel=1e-9)
    assert c["e"] * c["N_A"] == pytest.approx(c["F"], rel=1e-9)
    assert c["epsilon_0"] * c["mu_0"] * c["c"] ** 2 == pytest.approx(1, rel=1e-9)
    assert c["h"] * c["c"] == pytest.approx(c["hc"], rel=1e-9)
    assert c["h_eV"] == pytest.approx(c["h"], rel=1e-9)
    assert c["R_atm"] == pytest.approx(c["R"], rel=1e-8)
    assert c["c_squared"] == pytest.approx(c["c"] ** 2, rel=1e-8)
    assert c["G"] * c["M_E"] / c["R_E"] ** 2 == pytest.approx(c["g"], rel=3e-3)


def test_letters_that_two_constants_share():
    assert constant_of_symbol("G") is CONSTANTS["G"]
    assert {constant.id for constant in constants_of_symbol("k")} >= {"k_B", "k_e"}
    assert constant_of_symbol("w") is None


def test_rounding_to_figures():
    assert rounded_to(Fraction("9.80665"), 3) == Fraction("9.81")
    assert rounded_to(Fraction("-0.00995"), 2) == Fraction("-0.01")
