"""The laws of fluids, heat, electricity, waves, light and atoms: textbook values, and slips that accuse nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

import pytest

from tutor.bridge.constants import CONSTANTS
from tutor.laws.catalogue import catalogue
from tutor.laws.checking import _points, _residual
from tutor.laws.law import Law
from tutor.syntax.tree import Chain, symbols

TOPICS = ("fluids", "thermal", "electricity", "circuits", "magnetism", "waves", "optics", "modern")
LAWS = {id: law for id, law in catalogue().laws.items() if law.topic in TOPICS}

# Values in SI units; constants of nature are filled in.
VALUES = [
    # law                      given                                                   unknown  value     why it is here
    ("hydrostatic_pressure", {"rho": 1000, "h": 10}, "p", 9.81e4, "ten metres of water: about one atmosphere"),
    ("buoyant_force", {"rho": 1000, "V": 1e-3}, "F_B", 9.81, "a litre of water weighs 9.81 N"),
    ("floating_fraction", {"rho_b": 917, "rho": 1025}, "f", 0.895, "an iceberg"),
    ("torricelli", {"h": 5}, "v", 9.90, "as fast as in free fall"),
    ("heat", {"m": 1, "c": 4186, "Delta_T": 10}, "Q", 41860, "a litre of water, ten degrees"),
    ("mixing", {"m_1": 1, "m_2": 3, "c_1": 4186, "c_2": 4186, "T_1": 360, "T_2": 300}, "T", 315, "one part hot"),
    ("ideal_gas", {"p": 101325, "V": 0.0224, "n": 1}, "T", 273, "the molar volume"),
    ("rms_speed_molar", {"T": 300, "M": 0.028}, "v", 517, "nitrogen at room temperature"),
    ("stefan_boltzmann_black", {"A": 1, "T": 5772}, "P", 6.29e7, "the surface of the Sun"),
    ("wien", {"T": 5772}, "lambda", 5.02e-7, "sunlight is green at its peak"),
    ("carnot_efficiency", {"T_c": 300, "T_h": 600}, "eta", 0.5, "half"),
    ("coulomb", {"q_1": 1e-6, "q_2": 1e-6, "r": 0.3}, "F", 0.0999, "two microcoulombs at 30 cm"),
    ("accelerated_charge", {"q": 1.602e-19, "V": 100, "m": 9.109e-31}, "v", 5.93e6, "an electron after 100 V"),
    ("parallel_plates", {"A": 1, "d": 1e-3}, "C", 8.85e-9, "a square metre at a millimetre"),
    ("capacitors_series_2", {"C_1": 3e-6, "C_2": 6e-6}, "C", 2e-6, "smaller than the smaller one"),
    ("resistors_parallel_3", {"R_1": 2, "R_2": 3, "R_3": 6}, "R", 1, "1/2 + 1/3 + 1/6"),
    ("power_voltage", {"P": 60, "V": 120}, "R", 240, "a lamp"),
    ("charging_voltage", {"E": 10, "t": 2, "tau": 2}, "V", 6.32, "63 % after one time constant"),
    ("resonance_frequency", {"L": 1e-3, "C": 1e-9}, "f", 1.592e5, "a tuned circuit"),
    ("gyration_radius", {"m": 1.673e-27, "v": 1e6, "q": 1.602e-19, "B": 1}, "r", 0.01044, "a proton in one tesla"),
    ("wire_field", {"I": 10, "r": 0.1}, "B", 2e-5, "ten amperes at ten centimetres"),
    ("closed_pipe_fundamental", {"v": 343, "L": 1}, "f", 85.75, "a pipe of one metre"),
    ("sound_level", {"I": 1e-5}, "beta", 70, "a busy street"),
    ("doppler_source_approaches", {"f_s": 500, "v": 340, "v_s": 34}, "f_o", 555.6, "higher"),
    ("lens_equation", {"f": 0.1, "d_o": 0.3}, "d_i", 0.15, "a real image"),
    ("snell", {"n_1": 1, "n_2": 1.5, "theta_1": 0.5236}, "theta_2", 0.3398, "towards the normal: 19.5 degrees"),
    ("fringe_spacing", {"lambda": 6e-7, "L": 2, "d": 2e-4}, "Delta_y", 6e-3, "six millimetres"),
    ("photon_energy_wavelength", {"lambda": 5e-7}, "E", 3.973e-19, "green light: 2.48 eV"),
    ("bohr_energy", {"n": 2}, "E", -5.45e-19, "-3.40 eV"),
    ("rydberg", {"n_f": 2, "n_i": 3}, "lambda", 6.561e-7, "the red line of hydrogen"),
    ("time_dilation", {"t_0": 1, "v": 0.6 * 299792458}, "t", 1.25, "gamma of 0.6 c"),
    ("half_life_activity", {"A_0": 800, "t": 3, "T": 1}, "A", 100, "three half-lives"),
    ("mass_defect", {"Z": 2, "A": 4, "M": 6.6446573e-27}, "Delta_m", 5.044e-29, "helium: 28.3 MeV"),
]  # fmt: skip


def test_there_are_laws_of_every_topic() -> None:
    assert len(LAWS) >= 130
    assert {law.topic for law in LAWS.values()} == set(TOPICS)


@pytest.mark.parametrize(("id", "given", "unknown", "value", "why"), VALUES, ids=[row[0] for row in VALUES])
def test_a_law_gives_the_value_of_the_textbooks(
    id: str, given: Mapping[str, float], unknown: str, value: float, why: str
) -> None:
    law = LAWS[id]
    at = {name: float(CONSTANTS[s.constant].value) for name, s in law.symbols.items() if s.constant}
    at |= {name: float(x) for name, x in given.items()}
    assert set(at) | {unknown} == set(law.symbols), id
    assert _residual(law.equation, {**at, unknown: value}) < 2e-3, why


def test_every_constant_of_a_law_is_known_and_fits_its_role() -> None:
    roles = catalogue().roles
    for law in LAWS.values():
        for symbol in law.symbols.values():
            if symbol.constant:
                assert CONSTANTS[symbol.constant].dimension == roles[symbol.role].dimension, (law.id, symbol.name)


def at_once(one: Law, other: Law) -> bool:
    """Whether no condition tells them apart."""
    needed = {c for need in (*one.needs, *other.needs) if "|" not in need for c in [need]}
    return needed.isdisjoint(one.excludes | other.excludes)


def readings(slip: Chain, of: Law, other: Law) -> Iterator[Mapping[str, str]]:
    """Ways to take the slip's symbols for those of another law, by what each may stand for."""
    known = {**of.symbols, **of.others}
    mine, theirs = sorted(symbols(slip)), sorted(other.symbols)
    if len(mine) != len(theirs):
        return
    fits = [
        [
            b
            for b in theirs
            if known[a].constant == other.symbols[b].constant
            and other.symbols[b].role in catalogue().kinds_of(known[a].role)
        ]
        for a in mine
    ]
    for pick in product(*fits):
        if len(set(pick)) == len(pick):
            yield dict(zip(mine, pick, strict=True))


@cache
def holds_at(law: Law) -> tuple[Mapping[str, float], ...]:
    return tuple(_points(law, law.equation, catalogue().roles))


# What a problem says of these is more than the roles tell: a battery that loses voltage inside, the way of a sound
# there alone, speeds in two frames.
DIFFERENT_ALL_THE_SAME = {
    ("internal_resistance", "ohm"),
    ("echo", "uniform_motion"),
    ("velocity_addition", "overtaking_speed"),
}


@pytest.mark.parametrize("topic", TOPICS)
def test_no_slip_is_a_law_that_may_hold_at_the_same_time(topic: str) -> None:
    everything = catalogue().laws.values()
    accused = {
        (law.id, done, other.id)
        for law in LAWS.values()
        if law.topic == topic
        for slip, done in law.slips
        for other in everything
        if other is not law and at_once(law, other) and (law.id, other.id) not in DIFFERENT_ALL_THE_SAME
        for names in readings(slip, law, other)
        if all(_residual(slip, {a: at[b] for a, b in names.items()}) < 1e-6 for at in holds_at(other))
    }
    assert accused == set()
