"""Work about physics: the rest of the work says which letters are units, and how runs of letters divide."""

import pytest

from tutor.reading.steps import split_steps
from tutor.syntax.printer import to_text

WORKS = [
    # work                                                  readings                                   why it is here
    (
        "E = m g L\nv = sqrt(2 g L) = sqrt(2·9.81·80) = 39.6 m/s",
        ["E = m*g*L", "v = sqrt(2g*L) = sqrt(2*9.81*80) = 39.6 m/s"],
        "g is no gram, L no litre",
    ),
    ("m g h = 2 kg · 9.81 m/s² · 5 m = 98.1 J", ["m*g*h = 2 kg * 9.81 m/s² * 5 m = 98.1 J"], "letters, then numbers"),
    ("F = ma = 5 · 2 = 10 N", ["F = m*a = 5*2 = 10 N"], "units dropped and restored"),
    (
        "KE = ½ m v² = ½ (2 kg)(3 m/s)² = 9 J\nPE = mgh\nKE + PE = 107 J",
        ["KE = 1/2*m*v^2 = 1/2*(2 kg)*(3 m/s)^2 = 9 J", "PE = m*g*h", "KE + PE = 107 J"],
        "energies named by two letters",
    ),
    (
        "Q = m c ΔT = 2 kg · 4200 J/(kg K) · 10 K = 84 kJ",
        ["Q = m*c*Delta_T = 2 kg * 4200 J/(kg K) * 10 K = 84 kJ"],
        "a change of temperature is one name",
    ),
    (
        "F_x = mgsinθ = 2(9.8)sin30° = 9.8 N",
        ["F_x = m*g*sin(theta) = 2(9.8)*sin(30 deg) = 9.8 N"],
        "letters and a sine",
    ),
    ("mg sin30 - μmg cos30 = ma\na = 3 m/s²", ["m*g*sin(30) - mu*m*g*cos(30) = m*a", "a = 3 m/s²"], "no mg"),
    ("vx = 3 m/s\nR = vx t = 3·2 = 6 m", ["v_x = 3 m/s", "R = v_x*t = 3*2 = 6 m"], "a component without its dash"),
    ("F12 = 15·4 = 60 N", ["F_12 = 15*4 = 60 N"], "the force of one body on another"),
    ("p = ρgh = 1025·9.81·25 = 251 381 Pa", ["p = rho*g*h = 1025*9.81*25 = 251 381 Pa"], "digits in groups of three"),
    ("t = 5400 s\nQ = It = 2 × 5400 = 10800 C", ["t = 5400 s", "Q = I*t = 2*5400 = 10800 C"], "no pronoun"),
    ("F = qvB sin(θ) = 2 N", ["F = q*v*B*sin(theta) = 2 N"], "letters, a blank and a sine"),
    ("v = v_0 + at\nv = 2. 00 m/s", ["v = v_0 + a*t", "v = 2.00 m/s"], "a decimal that was torn apart"),
    ("β (dB) = 10log_10(I/I_0) = 60 dB", ["beta = 10*log_10(I/I_0) = 60 dB"], "the unit in a bracket says no factor"),
    ("v⃗ = 5 m/s", ["v = 5 m/s"], "an arrow above a letter"),
    (
        r"v = $\sqrt{2(9.8\,\mathrm{m/s^2})(5\,\mathrm{m})}$ = 9.9 m/s",
        ["v = sqrt(2(9.8 m/s^2)*(5 m)) = 9.9 m/s"],
        "units set upright",
    ),
    (
        "90 km/h = 90000 m / 3600 s = 25 m/s",
        ["90 km/h = 90000 m / 3600 s = 25 m/s"],
        "a running conversion",
    ),
    ("R = 1/(1/10Ω + 1/10 Ω) = 5 Ω", ["R = 1/(1/10 Ω + 1/10 Ω) = 5 Ω"], "ohms below two bars"),
    ("ΔV = -E(x_f - x_i) = 10 kV", ["Delta_V = -E*(x_f - x_i) = 10 kV"], "a field times a distance, no function"),
    ("A = 3 m^2\nm = 2 kg", ["A = 3 m^2", "m = 2 kg"], "square metres beside a mass"),
    ("u = 3 m/s a = 4 m/s²", ["u = 3 m/s", "a = 4 m/s²"], "two givens with a blank between them"),
    ("F = 10 N at 30°, so F_x = 10 N cos 30°", ["F = 10 N", "F_x = 10 N * cos(30 deg)"], "in a sentence"),
]


@pytest.mark.parametrize(("work", "readings", "why"), WORKS)
def test_the_reading_of_physics(work, readings, why):
    assert [to_text(c.statement) for s in split_steps(work) for c in s.claims] == readings, why


def test_a_doubtful_letter_keeps_its_second_reading():
    steps = split_steps("F = m a\na = 3 m/s^2\nx = 2 m")
    (claim,) = steps[-1].claims
    assert to_text(claim.statement) == "x = 2 m"
    assert "x = 2m" in {to_text(other) for other in claim.alternatives}


def test_everyday_sums_are_read_as_before():
    (claim,) = split_steps("5 apples * 3 = 15 apples")[0].claims
    assert to_text(claim.statement) == "5 apples * 3 = 15 apples"
