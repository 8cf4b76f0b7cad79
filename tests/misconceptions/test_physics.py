"""Physics: lines that the catalogue does not have, with the quantities from which they were made."""

from __future__ import annotations

import pytest

from tutor.misconceptions.catalogue import entries
from tutor.misconceptions.explain import explain
from tutor.misconceptions.notation import statements

WRONG = [
    # what is given and the formula, the student's line, what led to it
    # Leaves out the factor one half of a formula
    ("m = 4 kg; v = 6 m/s; E = m*v^2/2", "E = 144 J", "half_forgotten_in_formula"),
    ("k = 80 N/m; x = 0.2 m; E = 1/2*k*x^2", "E = 3.2 J", "half_forgotten_in_formula"),
    # Forgets to square the speed
    ("m = 900 kg; v = 15 m/s; r = 45 m; F = m*v^2/r", "F = 300 N", "speed_not_squared"),
    # Forgets to square the time
    ("a = 3 m/s^2; t = 6 s; u = 4 m/s; s = u*t + 1/2*a*t^2", "s = 33 m", "time_not_squared"),
    # Gives the square of a quantity as the quantity
    ("h = 1.8 m; g = 9.81 m/s^2; v = sqrt(2*g*h)", "v = 35.3 m/s", "square_root_forgotten"),
    # Rearranges Ohm's law wrongly
    ("U = 24 V; R = 6 ohm; I = U/R", "I = 144 A", "ohms_law_rearranged_wrongly"),
    # Adds resistors in parallel as if they were in series
    ("R_1 = 40 ohm; R_2 = 60 ohm; R = R_1*R_2/(R_1 + R_2)", "R = 100 ohm", "parallel_resistors_added"),
    # Stops at the sum of reciprocals
    ("1/R = 1/(40 ohm) + 1/(60 ohm)", "R = 0.0417 ohm", "parallel_reciprocal_forgotten"),
    # Combines capacitors with the rule for resistors
    ("C_1 = 2 nF; C_2 = 3 nF; C = C_1*C_2/(C_1 + C_2)", "C = 5 nF", "series_capacitors_added"),
    # Forgets to square the current in the power formula
    ("I = 0.5 A; R = 20 ohm; P = R*I^2", "P = 10 W", "current_not_squared_in_power"),
    # Divides the wrong way round in v = f*lambda
    ("v = 1500 m/s; f = 50 kHz; lambda = v/f", "lambda = 33.3 m", "wave_formula_upside_down"),
    # Uses the frequency as the period
    ("T = 0.25 s; f = 1/T", "f = 0.25 Hz", "period_and_frequency_swapped"),
    # Gives the mass as the weight
    ("m = 70 kg; g = 9.81 m/s^2; F = m*g", "F = 70 N", "mass_given_as_weight"),
    # Swaps sine and cosine for force components
    ("m = 3 kg; g = 9.81 m/s^2; alpha = 20 deg; F = m*g*sin(alpha)", "F = 27.7 N", "force_components_swapped"),
    # Sets the normal force equal to the weight
    ("m = 3 kg; g = 9.81 m/s^2; alpha = 20 deg; N = m*g*cos(alpha)", "N = 29.4 N", "normal_force_equals_weight"),
    # Adds the sizes of forces that point in different directions
    ("F_1 = 6 kN; F_2 = 8 kN; F = sqrt(F_1^2 + F_2^2)", "F = 14 kN", "force_magnitudes_added"),
    # Uses the applied force as the net force
    ("F = 50 N; R = 20 N; m = 10 kg; a = (F - R)/m", "a = 5 m/s^2", "opposite_forces_added"),
    # Uses kinetic energy where momentum is asked
    ("m = 0.2 kg; v = 30 m/s; p = m*v", "p = 90 kg m/s", "momentum_and_energy_swapped"),
    # Multiplies force and distance without the angle
    ("F = 30 N; s = 5 m; phi = 35 deg; W = F*s*cos(phi)", "W = 150 J", "work_angle_ignored"),
    # Multiplies by the time to get power
    ("W = 900 J; t = 15 s; P = W/t", "P = 13500 W", "power_multiplied_by_time"),
    # Uses the whole length of a spring as its extension
    ("D = 25 N/m; l = 18 cm; l_0 = 12 cm; F = D*(l - l_0)", "F = 4.5 N", "stretched_length_as_extension"),
    # Swaps the lever arms of two balanced forces
    ("F_1 = 60 N; a_1 = 0.4 m; a_2 = 1.2 m; F_2 = F_1*a_1/a_2", "F_2 = 180 N", "lever_arms_swapped"),
    # Divides the speed instead of its change by the time
    ("u = 5 m/s; v = 17 m/s; t = 4 s; a = (v - u)/t", "a = 4.25 m/s^2", "speed_used_for_change_of_speed"),
    # Uses the final speed for the whole of an accelerated motion
    ("u = 5 m/s; v = 17 m/s; t = 4 s; s = (u + v)/2*t", "s = 68 m", "final_speed_used_as_average"),
    # Adds where the motion slows down
    ("v_0 = 24 m/s; a = -3 m/s^2; t = 5 s; v = v_0 + a*t", "v = 39 m/s", "deceleration_sign_lost"),
    # Uses plus g with the axis pointing up
    ("v_0 = 12 m/s; g = 9.81 m/s^2; t = 1.5 s; h = v_0*t - 1/2*g*t^2", "h = 29.0 m", "gravity_sign_against_axis"),
    # Multiplies force and area to get pressure
    ("F = 600 N; A = 0.02 m^2; p = F/A", "p = 12 Pa", "pressure_as_force_times_area"),
    # Averages temperatures of unequal amounts
    (
        "m_1 = 2 kg; T_1 = 90 degC; m_2 = 6 kg; T_2 = 10 degC; T = (m_1*T_1 + m_2*T_2)/(m_1 + m_2)",
        "T = 50 degC",
        "mixing_temperature_plain_mean",
    ),
    # Divides input by output for the efficiency
    ("P_1 = 400 W; P_2 = 300 W; eta = P_2/P_1", "eta = 1.33", "efficiency_upside_down"),
    # Puts Celsius temperatures into a formula that needs kelvin
    ("V_1 = 3 L; T_1 = 20 degC; T_2 = 80 degC; V_2 = V_1*T_2/T_1", "V_2 = 12 L", "celsius_used_as_kelvin"),
    # Changes the unit but keeps the number
    ("90 km/h", "90 m/s", "unit_relabelled_without_converting"),
    # Multiplies km/h by 3.6 to get m/s
    ("36 km/h", "129.6 m/s", "kmh_multiplied_by_factor"),
    # Converts only one part of a compound unit
    ("54 km/h", "54000 m/s", "kmh_one_part_converted"),
    # Multiplies where the conversion factor should divide
    ("7 km", "0.007 m", "conversion_factor_upside_down"),
    # Uses the length factor once for an area unit
    ("40 cm^2", "0.4 m^2", "squared_unit_factor_once"),
    # Uses the length factor once for a volume unit
    ("0.5 m^3", "50 cm^3", "cubed_unit_factor_once"),
    # Takes a litre as a cubic metre
    ("3 L", "3 m^3", "litres_as_cubic_metres"),
    # Reads a small prefix as a large one
    ("7 mA", "7000 A", "prefix_power_reversed"),
    # Uses the power of ten of a different prefix
    ("8 ns", "0.000008 s", "prefix_swapped"),
    # Puts grams into a formula that needs kilograms
    ("m = 80 g; v = 5 m/s; p = m*v", "p = 400 kg m/s", "gram_used_as_kilogram"),
    # Puts minutes or hours into a formula with metres per second
    ("P = 2 kW; t = 5 min; E = P*t", "E = 10 kJ", "time_unit_left_in_formula"),
    # Reads hours and minutes as a decimal number
    ("2 h + 15 min", "2.15 h", "time_sixty_as_hundred"),
    # Adds numbers that have different units of the same kind
    ("5 km + 200 m", "205 km", "numbers_added_across_units"),
    # Converts a density with only one of its two units
    ("1.2 g/cm^3", "0.0012 kg/m^3", "density_unit_one_part_converted"),
    # Converts Fahrenheit without the offset of 32
    ("86 degF", "47.8 degC", "fahrenheit_offset_forgotten"),
    # Uses revolutions as if they were radians
    ("n = 25 Hz; omega = 2*pi*n", "omega = 25 rad/s", "revolutions_not_turned_into_radians"),
    # Reads kilowatt hours as kilowatts per hour
    ("P = 60 W; t = 4 h; E = P*t", "E = 15 W/h", "kilowatt_hour_as_rate"),
    # Uses electronvolts as if they were joules
    ("3 eV", "3 J", "electronvolt_used_as_joule"),
    # Ignores the reversal of direction in a change of velocity
    ("m = 0.4 kg; u = -5 m/s; v = 7 m/s; J = m*(v - u)", "J = 0.8 kg m/s", "direction_sign_lost"),
    # Keeps kinetic energy in a collision where bodies stick together
    (
        "m_1 = 3 kg; m_2 = 1 kg; u = 4 m/s; v = m_1*u/(m_1 + m_2)",
        "v = 3.46 m/s",
        "kinetic_energy_kept_in_sticking_collision",
    ),
]

RIGHT = [
    # what is given and the formula, a line that follows
    ("m = 4 kg; v = 6 m/s; E = m*v^2/2", "E = 72 J"),
    ("90 km/h", "25 m/s"),
    ("40 cm^2", "0.004 m^2"),
    ("86 degF", "30 degC"),
    ("2 h + 15 min", "2.25 h"),
    ("8 ns", "8e-9 s"),
    ("V_1 = 3 L; T_1 = 20 degC; T_2 = 80 degC; V_2 = V_1*T_2/T_1", "V_2 = 3.61 L"),
    ("P = 2 kW; t = 5 min; E = P*t", "E = 600 kJ"),
    ("R_1 = 40 ohm; R_2 = 60 ohm; R = R_1*R_2/(R_1 + R_2)", "R = 24 ohm"),
    ("m = 80 g; v = 5 m/s; p = m*v", "p = 0.4 kg m/s"),
    ("n = 25 Hz; omega = 2*pi*n", "omega = 157 rad/s"),
    ("h = 1.8 m; g = 9.81 m/s^2; v = sqrt(2*g*h)", "v = 5.94 m/s"),
    ("3 eV", "4.8e-19 J"),
    ("1.2 g/cm^3", "1200 kg/m^3"),
]

OF_OTHER_KINDS = [
    # what is given and the formula, the student's line, what did not lead to it, why
    ("d = 8 m; A = d^2", "A = 8 m^2", "time_not_squared", "a length is not squared, not a time"),
    (
        "u = 340 m/s; w = 25 m/s; f = 700 Hz; q = f*u/(u - w)",
        "q = 652 Hz",
        "closing_speed_subtracted",
        "Doppler effect",
    ),
    ("a = 15 cm; b = 12 cm; x = a - b", "x = 0.3 m", "distance_taken_as_displacement", "one figure fits too much"),
    ("h = 12 cm; g = 9.81 m/s^2; v = sqrt(2*g*h)", "v = 15.3 m/s", "time_sixty_as_hundred", "ten times as large"),
    ("d = 4 cm; A = pi*(d/2)^2", "A = 50.3 cm^2", "half_forgotten_in_formula", "the diameter for the radius"),
]


def causes(before: str, line: str) -> list[str]:
    (student,) = statements(line, physical=True)
    return [cause.id for cause in explain(statements(before, physical=True), student)]


@pytest.mark.parametrize(("before", "line", "cause"), WRONG, ids=lambda v: str(v)[:28])
def test_the_error_that_led_to_a_line_comes_first(before: str, line: str, cause: str) -> None:
    found = causes(before, line)
    assert found
    assert found[0] in {cause} | entries()[cause].confusable


@pytest.mark.parametrize(("before", "line"), RIGHT, ids=lambda v: str(v)[:28])
def test_a_right_line_has_no_cause(before: str, line: str) -> None:
    assert causes(before, line) == []


@pytest.mark.parametrize(("before", "line", "cause", "why"), OF_OTHER_KINDS, ids=lambda v: str(v)[:28])
def test_a_value_that_fits_by_chance_names_nothing(before: str, line: str, cause: str, why: str) -> None:
    assert cause not in causes(before, line), why
