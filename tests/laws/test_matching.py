"""Equations as students write them, matched to laws; wrong ones, and right ones that state no law of the catalogue."""

from __future__ import annotations

import pytest

from tutor.bridge.dimensions import dimension_of
from tutor.laws.law import Meaning
from tutor.laws.matching import Match, match_law
from tutor.laws.scene import Given
from tutor.syntax.read import ReadHints, read
from tutor.syntax.tree import Chain, Expr, Symbol

METRE = dimension_of(m=1)
SLOPE = Meaning("L", "slope_length", METRE, None, sure=True)
HEIGHT = Meaning("H", "height", METRE, None, sure=True)


def matched(text: str, *known: Meaning, givens: tuple[Given, ...] = (), conditions: str = "") -> Match | None:
    """The match of a line of work about which this is known."""
    meanings = {meaning.name: meaning for meaning in known}
    chain = read(text, ReadHints(symbols=frozenset(meanings)))
    assert isinstance(chain, Chain)
    return match_law(chain, lambda n: meanings.get(n) or Meaning(n), givens, frozenset(conditions.split()))


RIGHT = [
    # as a student writes it      what it states: one of the laws that read so
    ("F = ma", "newton_second"),
    ("F_net = m a", "single_force"),
    ("ΣF = ma", "newton_second"),
    ("a = F/m", "newton_second"),
    ("m = F/a", "newton_second"),
    ("F_{net} = m·a", "single_force"),
    ("W = mg", "weight"),
    ("F_g = m g", "weight"),
    ("F_g = 9.8 m", "weight"),
    ("m = W/g", "weight"),
    ("N = mg cosθ", "normal_force_slope"),
    ("F_N = m g cos(θ)", "weight_across_slope"),
    ("F = mg sin θ", "weight_along_slope"),
    ("f = μN", "kinetic_friction"),
    ("F_f = μ_k F_N", "kinetic_friction"),
    ("f_k = μ_k m g", "kinetic_friction_level"),
    ("a = g sinθ", "slope_acceleration"),
    ("F = -kx", "hooke"),
    ("F = kx", "hooke"),
    ("F_s = k Δx", "hooke"),
    ("k = F/x", "hooke"),
    ("v = u + at", "acceleration"),
    ("v_f = v_i + a t", "acceleration"),
    ("v = v_0 + at", "acceleration"),
    ("t = (v - u)/a", "acceleration"),
    ("a = (v_f - v_i)/t", "acceleration"),
    ("a = Δv/Δt", "acceleration"),
    ("v = at", "acceleration"),
    ("v^2 = u^2 + 2as", "speed_and_distance"),
    ("v_f^2 = v_i^2 + 2 a d", "speed_and_distance"),
    ("v_f² - v_i² = 2aΔx", "speed_and_distance"),
    ("a = (v^2 - u^2)/(2s)", "speed_and_distance"),
    ("v = sqrt(2as)", "speed_from_rest_over_distance"),
    ("v = sqrt(u^2 + 2 a s)", "speed_and_distance"),
    ("s = ut + 1/2 a t^2", "displacement_under_acceleration"),
    ("d = v_i t + (1/2)at^2", "displacement_under_acceleration"),
    ("Δx = v_0 t + ½ a t²", "displacement_under_acceleration"),
    ("s = 1/2 a t^2", "distance_from_rest"),
    ("t = sqrt(2d/a)", "distance_from_rest"),
    ("s = (u + v)/2 · t", "distance_from_mean_speed"),
    ("x = x_0 + v_0 t + 1/2 a t^2", "displacement_under_acceleration"),
    ("Δy = v_0y t - 1/2 g t^2", "height_thrown_up"),
    ("h = 1/2 g t^2", "fall_height"),
    ("t = sqrt(2h/g)", "fall_height"),
    ("v = g t", "acceleration"),
    ("v = sqrt(2gh)", "speed_after_drop"),
    ("v^2 = 2 g h", "speed_after_drop"),
    ("v_y = v_0 sinθ", "launch_vertical_component"),
    ("v_x = v_0 cosθ", "launch_horizontal_component"),
    ("v_{0x} = v_0 cos θ", "launch_horizontal_component"),
    ("R = v_0^2 sin(2θ)/g", "projectile_range"),
    ("H = v_0^2 sin^2θ/(2g)", "projectile_greatest_height"),
    ("v = d/t", "wave_travel"),
    ("d = vt", "wave_travel"),
    ("v_avg = Δx/Δt", "wave_travel"),
    ("t = d/v", "wave_travel"),
    ("K = ½mv²", "kinetic_energy"),
    ("KE = 1/2 m v^2", "kinetic_energy"),
    ("E_k = m v^2/2", "kinetic_energy"),
    ("E_kin = 0.5 m v^2", "kinetic_energy"),
    ("v = sqrt(2 E_k/m)", "kinetic_energy"),
    ("PE = mgh", "potential_energy"),
    ("E_p = m g h", "potential_energy"),
    ("U = mgh", "potential_energy"),
    ("E = mgh", "potential_energy"),
    ("E = 9.81 m h", "potential_energy"),
    ("h = E/(m g)", "potential_energy"),
    ("mgh = 1/2 m v^2", "slope_with_friction_force"),
    ("1/2 m v^2 = m g h", "slope_with_friction_force"),
    ("E_s = 1/2 k x^2", "elastic_energy"),
    ("1/2 k x^2 = 1/2 m v^2", "spring_launch"),
    ("W = F d", "work_along"),
    ("W = Fd cosθ", "work"),
    ("W = ΔK", "work_energy"),
    ("W = 1/2 m v^2 - 1/2 m u^2", "work_energy_speeds"),
    ("P = W/t", "power"),
    ("P = E/t", "electric_energy"),
    ("P = Fv", "power_force"),
    ("E = Pt", "electric_energy"),
    ("p = mv", "momentum"),
    ("Δp = m Δv", "momentum"),
    ("J = F Δt", "impulse"),
    ("F Δt = m Δv", "force_from_momentum"),
    ("F = Δp/Δt", "impulse"),
    ("m_1 u_1 + m_2 u_2 = m_1 v_1 + m_2 v_2", "momentum_conservation"),
    ("m_1 v_1 = (m_1 + m_2) v", "inelastic_collision_target_at_rest"),
    ("F = m v^2/r", "centripetal_force"),
    ("F_c = m v²/r", "centripetal_force"),
    ("a_c = v^2/r", "centripetal_acceleration"),
    ("a = ω² r", "centripetal_acceleration_angular"),
    ("v = 2πr/T", "circle_speed"),
    ("f = 1/T", "period_frequency"),
    ("T = 1/f", "period_frequency"),
    ("F = G m_1 m_2 / r^2", "gravitation"),
    ("F = G M m/r^2", "gravitation_central"),
    ("g = G M/r^2", "gravity_at_distance"),
    ("v = sqrt(GM/r)", "orbital_speed"),
    ("T^2 = 4π^2 r^3/(G M)", "orbital_period"),
    ("v = sqrt(2GM/R)", "escape_speed"),
    ("ρ = m/V", "density"),
    ("m = ρ V", "density"),
    ("p = F/A", "pressure"),
    ("P = ρ g h", "hydrostatic_pressure"),
    ("F_B = ρ V g", "buoyant_force"),
    ("A_1 v_1 = A_2 v_2", "continuity"),
    ("p_1 + 1/2 ρ v_1^2 + ρ g h_1 = p_2 + 1/2 ρ v_2^2 + ρ g h_2", "bernoulli"),
    ("F_1/A_1 = F_2/A_2", "hydraulic_press"),
    ("Q = mcΔT", "heat"),
    ("Q = m c (T_f - T_i)", "heat_temperatures"),
    ("Q = m L", "latent_heat"),
    ("Q = mL_f", "latent_heat"),
    ("ΔL = α L_0 ΔT", "linear_expansion"),
    ("PV = nRT", "ideal_gas"),
    ("p V = N k T", "ideal_gas_molecules"),
    ("p_1 V_1 = p_2 V_2", "boyle"),
    ("V_1/T_1 = V_2/T_2", "charles"),
    ("p_1 V_1/T_1 = p_2 V_2/T_2", "combined_gas"),
    ("ΔU = Q - W", "first_law"),
    ("e = 1 - T_c/T_h", "carnot_efficiency"),
    ("η = W/Q_h", "engine_efficiency"),
    ("ΔS = Q/T", "entropy"),
    ("E_k = 3/2 k T", "mean_kinetic_energy"),
    ("v_rms = sqrt(3RT/M)", "rms_speed_molar"),
    ("P = σ A T^4", "stefan_boltzmann_black"),
    ("P = e σ A T^4", "stefan_boltzmann"),
    ("V = IR", "ohm"),
    ("I = V/R", "ohm"),
    ("R = V/I", "ohm"),
    ("V = IR_1", "ohm"),
    ("P = IV", "electric_power"),
    ("P = I^2 R", "power_current"),
    ("P = V²/R", "power_voltage"),
    ("R = R_1 + R_2", "power_factor"),
    ("R_eq = R_1 + R_2 + R_3", "resistors_series_2"),
    ("1/R = 1/R_1 + 1/R_2", "resistors_parallel_2"),
    ("1/R_p = 1/R_1 + 1/R_2 + 1/R_3", "resistors_parallel_2"),
    ("R = R_1 R_2/(R_1 + R_2)", "resistors_parallel_2"),
    ("R = ρ L/A", "resistivity"),
    ("Q = It", "current"),
    ("I = Q/t", "current"),
    ("V = ε - I r", "terminal_voltage"),
    ("C = Q/V", "capacitance"),
    ("Q = CV", "capacitance"),
    ("C = ε_0 A/d", "parallel_plates"),
    ("1/C = 1/C_1 + 1/C_2", "capacitors_series_2"),
    ("C = C_1 + C_2", "capacitors_parallel_2"),
    ("F = k q_1 q_2/r^2", "coulomb"),
    ("F = k_e q1 q2/r²", "coulomb"),
    ("F = k|q_1||q_2|/r^2", "coulomb"),
    ("F = 9.0×10^9 q_1 q_2/r^2", "coulomb"),
    ("E = F/q", "field_force"),
    ("F = qE", "field_force"),
    ("E = k Q/r^2", "field_of_charge"),
    ("V = k Q/r", "potential_of_charge"),
    ("E = V/d", "uniform_field"),
    ("W = qV", "work_on_charge"),
    ("F = qvB", "charge_force_perpendicular"),
    ("F = q v B sinθ", "charge_force"),
    ("F = B I L", "wire_force_perpendicular"),
    ("F = BIL sinθ", "wire_force"),
    ("r = m v/(q B)", "gyration_radius"),
    ("B = μ_0 I/(2π r)", "wire_field"),
    ("Φ = B A cosθ", "flux"),
    ("ε = -N ΔΦ/Δt", "faraday"),
    ("V_s/V_p = N_s/N_p", "transformer"),
    ("V_1/V_2 = N_1/N_2", "transformer"),
    ("X_L = 2π f L", "inductive_reactance"),
    ("X_C = 1/(2π f C)", "capacitive_reactance"),
    ("V_rms = V_0/sqrt(2)", "rms_voltage"),
    ("τ = RC", "rc_time_constant"),
    ("v = fλ", "wave_speed"),
    ("v = λ f", "wave_speed"),
    ("c = fλ", "wave_speed"),
    ("λ = v/f", "wave_speed"),
    ("T = 2π sqrt(L/g)", "conical_pendulum_period"),
    ("T = 2π sqrt(l/g) = 2π sqrt(2/9.81) = 2.84", "conical_pendulum_period"),
    ("g = 4π^2 L/T^2", "conical_pendulum_period"),
    ("v = sqrt(T/μ)", "string_speed"),
    ("f = v/(2L)", "string_fundamental"),
    ("f_n = n v/(2L)", "string_harmonic"),
    ("f = n v/(4L)", "closed_pipe"),
    ("f_o = f_s (v + v_o)/(v - v_s)", "doppler_both_approach"),
    ("n = c/v", "refractive_index"),
    ("n1 sinθ1 = n2 sinθ2", "snell"),
    ("n_1 sin θ_1 = n_2 sin θ_2", "snell"),
    ("sinθ_c = n_2/n_1", "critical_angle"),
    ("1/f = 1/d_o + 1/d_i", "lens_equation"),
    ("1/f = 1/u + 1/v", "lens_equation"),
    ("d_i = f d_o/(d_o - f)", "lens_equation"),
    ("m = -d_i/d_o", "magnification_distances"),
    ("m = h_i/h_o", "magnification"),
    ("f = R/2", "mirror_focal_length"),
    ("d sinθ = mλ", "double_slit"),
    ("Δy = λ L/d", "fringe_spacing"),
    ("y = m λ L/d", "fringe_position"),
    ("E = hf", "photon_energy"),
    ("E = h c/λ", "photon_energy_wavelength"),
    ("K = hf - φ", "photoelectric"),
    ("E_k = hf - W", "photoelectric"),
    ("λ = h/p", "photon_momentum"),
    ("λ = h/(m v)", "de_broglie_speed"),
    ("E = mc^2", "mass_energy"),
    ("E = m c²", "mass_energy"),
    ("E_0 = mc²", "released_energy"),
    ("ΔE = Δm c^2", "mass_energy"),
    ("E = γ m c^2", "relativistic_energy_gamma"),
    ("t = t_0/sqrt(1 - v^2/c^2)", "time_dilation"),
    ("L = L_0 sqrt(1 - v²/c²)", "length_contraction"),
    ("N = N_0 e^(-λt)", "decay_nuclei"),
    ("N = N_0 (1/2)^(t/T)", "half_life_nuclei"),
    ("λ = ln(2)/T", "decay_constant"),
    ("A = λ N", "activity"),
    ("P = V I cosφ", "ac_power_factor"),
    ("β = 10 log(I/I_0)", "sound_level"),
    ("I = P/A", "intensity"),
    ("I = P/(4π r^2)", "intensity_distance"),
    ("P = 1/f", "lens_power"),
    ("σ = F/A", "stress"),
    ("E = σ/ε", "youngs_modulus"),
    ("T - mg = ma", "tension_up"),
    ("F - f = ma", "force_against_friction"),
    ("F = mg + ma", "thrust_up"),
    ("m g sinθ - μ m g cosθ = m a", "slope_acceleration_with_friction"),
]


@pytest.mark.parametrize(("text", "law"), RIGHT)
def test_a_law_is_known_in_any_notation(text: str, law: str) -> None:
    found = matched(text)
    assert found is not None
    assert found.right
    assert found.usual


LAWS = [
    # line                           law                    names                         why it is here
    ("KE = 1/2 m v^2", "kinetic_energy", {"E_k": "KE"}, "two letters are one name"),
    ("PE = 9.81 m h", "potential_energy", {"E_p": "PE", "h": "h"}, "g put in as a number"),
    ("PE = m (9.8 m/s^2) h", "potential_energy", {"m": "m"}, "g put in with its unit"),
    ("F = 8.99 * 10^9 q_1 q_2/r^2", "coulomb", {"q_1": "q_1"}, "a constant as a power of ten"),
    ("V = IR", "ohm", {"I": "I", "R": "R"}, "capitals run together"),
    ("PV = nRT", "ideal_gas", {"p": "P", "n": "n"}, "three letters run together"),
    ("R_T = R_1 + R_2 + R_3 + R_4", "resistors_series", {"R": "R_T"}, "more terms than the law has"),
    ("F = ma = 2*3 = 6", "newton_second", {"a": "a"}, "the law is the first link"),
    ("F = k |q_1 q_2|/r^2", "coulomb", {"r": "r"}, "sizes only"),
    ("kinetic energy = 1/2 m v^2", "kinetic_energy", {"m": "m"}, "words for the subject"),
]


@pytest.mark.parametrize(("text", "law", "names", "why"), LAWS, ids=[row[0] for row in LAWS])
def test_letters_are_aligned_with_the_law(text: str, law: str, names: dict[str, str], why: str) -> None:
    found = matched(text)
    assert found is not None, why
    assert found.right, why
    assert found.law.id.startswith(law), why
    for name, letter in names.items():
        expected: Expr = Symbol(letter)
        assert found.names[name] == expected, why


SLIPS = [
    # line                 law               why it is wrong
    ("E_k = m v^2", "kinetic_energy", "the half is missing"),
    ("KE = 1/2 m v", "kinetic_energy", "the speed is not squared"),
    ("KE = m v", "kinetic_energy", "that is a momentum"),
    ("kinetic energy = m v^2", "kinetic_energy", "said in words"),
    ("E_p = m h", "potential_energy", "g is missing"),
    ("v^2 = u^2 + a s", "speed_and_distance", "the 2 is missing"),
    ("E_s = k x^2", "elastic_energy", "the half is missing"),
    ("F_c = m v/r", "centripetal_force", "the speed is not squared"),
    ("v = f/λ", "wave_speed", "divided, not multiplied"),
]


@pytest.mark.parametrize(("text", "law", "why"), SLIPS)
def test_the_law_that_a_slip_is_one_of_is_named(text: str, law: str, why: str) -> None:
    found = matched(text)
    assert found is not None, why
    assert not found.right, why
    assert found.law.id == law, why


NO_LAW = [
    # line                            why it must stay open
    ("N = 3t + 2", "a model made up for one problem"),
    ("a = 2b + c", "no law is written with these"),
    ("x = 5y", "a proportion of the problem"),
    ("m_A = 3 m_B", "a ratio that the problem gives"),
    ("ma = T_1 - T_2 + 3f", "a balance of the problem's own forces"),
    ("h_1 = h_2/3", "a ratio that the problem gives"),
    ("S = P(1 + r)^n", "money"),
    ("pH = -log(c)", "chemistry"),
]


@pytest.mark.parametrize(("text", "why"), NO_LAW)
def test_what_states_no_law_is_called_neither_right_nor_a_known_slip(text: str, why: str) -> None:
    found = matched(text)
    assert found is None or not found.usual or not (found.right or found.known), why


SWAPPED = [
    # line                    why it is here
    ("E = m g L", "the motto's first line"),
    ("E_p = m g L", "the energy named"),
    ("PE = mgL", "letters run together"),
    ("v = sqrt(2 g L)", "solved for the speed"),
    ("v^2 = 2*9.81*L", "g as a number"),
    ("m g L = 1/2 m v^2", "the mass cancels"),
]


@pytest.mark.parametrize(("text", "why"), SWAPPED)
def test_a_length_along_the_slope_is_no_height(text: str, why: str) -> None:
    found = matched(text, SLOPE, HEIGHT, conditions="frictionless from_rest incline")
    assert found is not None, why
    assert not found.right, why
    assert [(swap.symbol, swap.role) for swap in found.swapped] == [("L", "slope_length")], why


ALIBIS = [
    # line                  why the length along the slope is right here
    ("v^2 = 2 a L", "the acceleration is along the slope"),
    ("W = F L", "work along the way"),
    ("v = L/t", "a way in a time"),
    ("sinθ = H/L", "the slope itself"),
    ("E_p = m g H", "the height"),
]


@pytest.mark.parametrize(("text", "why"), ALIBIS)
def test_a_length_along_the_slope_is_right_where_a_way_is_needed(text: str, why: str) -> None:
    found = matched(text, SLOPE, HEIGHT, conditions="frictionless from_rest incline constant_acceleration")
    assert found is None or found.right, why


def test_a_term_is_left_out_only_where_the_problem_gives_none() -> None:
    speed = Given("", "initial_speed", read("5 m/s"))  # type: ignore[arg-type]
    found = matched("s = 1/2 a t^2")
    assert found is not None
    assert found.right
    found = matched("s = 1/2 a t^2", givens=(speed,))
    assert found is None or not (found.right and found.met)


def test_a_law_that_the_problem_excludes_is_not_stated() -> None:
    found = matched("R = R_1 + R_2", conditions="parallel")
    assert found is None or not found.right
