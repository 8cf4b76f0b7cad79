"""Numbers put into a formula: which are not what their symbols are, what happened to them, and which are right."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import Verdict, WrongQuantity

SPRING = "A spring is stretched by 0.20 m when a force of 98 N acts on it. Find the spring constant."
CAR = "A car of mass 1200 kg drives at 72 km/h. Find its kinetic energy."
SLOPE = (
    "A skier slides from rest down a frictionless slope of height H = 40 m and length L = 80 m. Find the final speed."
)
WHEEL = (
    "A wheel with a diameter of 0.60 m spins at an angular speed of 5.0 rad/s. Find the speed of a point on its rim."
)
INCLINE = "A block slides down a frictionless incline of 30°. Find its acceleration."
BALL = "A ball of mass 2.0 kg moves at 3.0 m/s. Find its kinetic energy."
RUN = "A runner covers a distance of 400 m in 50 s at constant speed. Find the speed."

START = "A car of mass 1200 kg speeds up from rest at 2.5 m/s^2 for 25 s. Find its final speed."
LAMPS = "Two resistors of 10 Ω each are in series with a battery. Find the total resistance."
TUBE = "An open tube has a fundamental frequency f_1 = 120 Hz. Find the frequency of its fourth harmonic."
TURNS = "A transformer has 2000 turns at 230 V. How many turns give 11.5 V?"

# problem, work, line, kind, why
WRONG = [
    (SPRING, "k = F/x = 89/0.20 = 445 N/m", 0, "digits", "89 for 98"),
    (SPRING, "F = 89 N\nk = F/x = 445 N/m", 0, "digits", "the same where the given is written down"),
    (SPRING, "k = F/x = 98/20 = 4.9 N/m", 0, "conversion", "20 cm put in for 0.20 m"),
    (CAR, "E_k = 1/2 m v^2 = 1/2·1200·72^2 = 3110400 J", 0, "conversion", "72 km/h put in as 72 m/s"),
    (
        BALL,
        "E_k = 1/2 m v^2 = 1/2·2.0·3.0 = 3.0 J",
        0,
        "not_squared",
        "the square is in the formula, not in the numbers",
    ),
    (WHEEL, "v = ω r = 5.0·0.60 = 3.0 m/s", 0, "role", "the diameter for the radius"),
    (INCLINE, "a = g sin θ = 9.81·sin(30) = -9.69 m/s^2", 0, "degrees", "the calculator was set to radians"),
    (RUN, "v = d/t = 400/5.0 = 80 m/s", 0, "conversion", "a digit lost on the way"),
    (SLOPE, "v^2 = 2 g H\nv = sqrt(2·9.81·80) = 39.6 m/s", 1, "role", "numbers without the formula: the length"),
    (START, "Given: t = 25 ms\nv = a t", 0, "conversion", "another prefix than the problem's"),
    (START, "Given: m = 1200 g", 0, "conversion", "the prefix lost"),
    (START, "Given: t = -25 s", 0, "sign", "no time that something takes is negative"),
    (LAMPS, "R_12 = R_1 - R_2 = 10 Ω + 10 Ω = 20 Ω", 0, "sign", "the formula subtracts, the numbers are added"),
    (TUBE, "f_4 = 4 f_1 = 2(120 Hz) = 240 Hz", 0, "coefficient", "4 in the formula, 2 among the numbers"),
    (START, "v = (1.25 m/s^2)(25 s)\nv = 62.5 m/s", 0, "other_given", "what the next line says comes from 2.5 m/s²"),
]

# problem, work, why
RIGHT = [
    (SPRING, "k = F/x = 98/0.20 = 490 N/m", "the plain road"),
    (SPRING, "k = F/x = 98/0.2 = 490 N/m", "a zero less"),
    (SPRING, "x = 20 cm = 0.20 m\nk = 98/0.20 = 490 N/m", "another unit of the same length"),
    (CAR, "v = 72/3.6 = 20 m/s\nE_k = 1/2 m v^2 = 0.5·1200·20^2 = 240000 J", "converted on a line of its own"),
    (CAR, "E_k = 1/2 m v^2 = 1/2·1200·400 = 240000 J", "the square worked out in the head"),
    (CAR, "E_k = 1/2 m v^2 = 1/2·1200·(72/3.6)^2 = 240 kJ", "converted on the way"),
    (BALL, "E_k = 1/2 m v^2 = 1/2·2·9 = 9 J", "9 is the square of 3"),
    (WHEEL, "r = d/2 = 0.30 m\nv = ω r = 5.0·0.30 = 1.5 m/s", "the radius from the diameter"),
    (WHEEL, "v = ω d/2 = 5.0·0.60/2 = 1.5 m/s", "half the diameter in the formula"),
    (INCLINE, "a = g sin θ = 9.81·sin(30) = 4.9 m/s^2", "degrees without their sign"),
    (INCLINE, "a = g sin θ = 10·sin 30° = 5 m/s^2", "g is 10"),
    (RUN, "v = d/t = 400/50 = 8 m/s", "no units until the end"),
    (RUN, "v = 400 m / 50 s = 8.0 m/s", "units all along"),
    (SLOPE, "m g H = 1/2 m v^2\nv = sqrt(2 g H) = sqrt(2·9.81·40) = 28 m/s", "energy"),
    (SLOPE, "a = g H/L = 9.81·40/80 = 4.905 m/s^2\nv^2 = 2 a L = 2·4.905·80\nv = 28 m/s", "kinematics along the slope"),
    (SLOPE, "sin θ = 40/80 = 0.5\na = 9.81·0.5 = 4.905 m/s^2\nv = sqrt(2·4.905·80) = 28 m/s", "the angle first"),
    (START, "Given: m = 1.2 t, t = 25 s", "the same mass in tonnes"),
    (START, "Given: t = 25 s\nv = a t = 2.5·25 = 62.5 m/s", "what is given, as it is given"),
    (LAMPS, "R_12 = R_1 + R_2 = 10 Ω + 10 Ω = 20 Ω", "added in both"),
    (TURNS, "n2 : 2000 = 11.5 : 230", "a proportion is an equation for n2, and no numbers put in"),
    (START, "v = u + a t = 0 + 2.5·25 = 62.5 m/s", "nothing to begin with"),
    (START, "v - u = a t\nv - 0 = 2.5·25\nv = 62.5 m/s", "a difference with nothing"),
]


def wrong_quantity(problem: str, work: str) -> tuple[int, str] | None:
    """Line and kind of the first wrong quantity, where the first wrong line is one."""
    first = next((s for s in check_work(work, problem_from_statement(problem)) if s.verdict is Verdict.WRONG), None)
    if first is None or not isinstance(first.evidence, WrongQuantity):
        return None
    return first.step.line, first.evidence.slip


@pytest.mark.parametrize(("problem", "work", "line", "kind", "why"), WRONG, ids=[f"{r[3]}-{r[4]}" for r in WRONG])
def test_a_number_that_is_not_the_symbols_is_named(problem: str, work: str, line: int, kind: str, why: str) -> None:
    found = wrong_quantity(problem, work)
    assert found == (line, kind), why


@pytest.mark.parametrize(("problem", "work", "why"), RIGHT, ids=[r[2] for r in RIGHT])
def test_right_numbers_are_never_accused(problem: str, work: str, why: str) -> None:
    steps = check_work(work, problem_from_statement(problem))
    assert all(s.verdict is not Verdict.WRONG for s in steps), why
