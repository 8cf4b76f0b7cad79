"""Lines held against the laws: stated, stated wrongly, one quantity for another, and what must stay open."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import CheckedStep, FollowThrough, StatesLaw, Verdict, WrongLaw, WrongQuantity

SKIER = (
    "A skier slides from rest down a frictionless slope of height H = 40 m and length L = 80 m. "
    "Find the speed at the bottom."
)
CAR = "A car of mass m = 1200 kg moves at v = 15 m/s. Find its kinetic energy."
STONE = "A stone of mass m = 0.5 kg moves in a circle of radius r = 2 m at speed v = 3 m/s. Find the centripetal force."
DIAMETER = STONE.replace("radius r = 2 m", "diameter d = 4 m")
PARALLEL = "Two resistors R_1 = 2 Ω and R_2 = 3 Ω are connected in parallel. Find the equivalent resistance."
SERIES = PARALLEL.replace("parallel", "series")
OHM = "A resistor R = 5 Ω carries a current I = 2 A. Find the voltage V."
PUSH = "A force F = 10 N acts on a mass m = 2 kg. Find the acceleration a."
SPRING = "A spring of constant k = 200 N/m is compressed by x = 0.1 m. Find the elastic energy."
SPEEDING = "A car speeds up uniformly from u = 5 m/s to v = 15 m/s with acceleration a = 2 m/s^2. Find the distance s."
SLED = (
    "A sled is pulled 12 m over level ground by a force of 40 N at an angle of 60° above the horizontal. "
    "Find the work done by the force."
)
LADDER = SLED.replace("above the horizontal", "to the vertical")
WAVE = "A wave has frequency f = 50 Hz and wavelength λ = 2 m. Find the speed v."


NEUTRAL = "A force of 12 N acts for 2.0 s on a body that moves at 3.0 m/s."


def work(problem: str, lines: str) -> list[CheckedStep]:
    """The lines, separated by "|", checked against the statement."""
    return check_work(lines.replace("|", "\n"), problem_from_statement(problem) if problem else None)


WRONG_LAWS = [
    # problem, line                           law                because       why it is here
    (CAR, "KE = m v^2", "kinetic_energy", "form", "the half is missing"),
    (CAR, "E_k = 2 m v^2", "kinetic_energy", "form", "a factor that no slip of the catalogue has"),
    (CAR, "E_k = 1/2 m v", "kinetic_energy", "dimension", "the speed is not squared"),
    (CAR, "E_kin = ½ m² v", "kinetic_energy", "dimension", "the square is at the wrong letter"),
    (CAR, "E_k = mv", "kinetic_energy", "dimension", "that is a momentum"),
    (CAR, "the kinetic energy is E = m v^2", "kinetic_energy", "form", "named in words before it"),
    (CAR, "E = m v^2", "kinetic_energy", "form", "the kinetic energy is what the problem asks for"),
    (CAR, "kinetic energy = m v^2", "kinetic_energy", "form", "words in the place of a letter"),
    (STONE, "F_c = m v/r", "centripetal_force", "dimension", "the speed is not squared"),
    (SPRING, "E_s = k x^2", "elastic_energy", "form", "the half is missing"),
    (OHM, "V = I/R", "ohm", "dimension", "divided, not multiplied"),
    (SLED, "W = F s sin θ", "work", "form", "the sine in place of the cosine"),
    (SPEEDING, "v^2 = u^2 + a s", "speed_and_distance", "form", "the 2 is missing"),
    (WAVE, "v = f/λ", "wave_speed", "dimension", "divided, not multiplied"),
    (PARALLEL, "R_eq = R_1 + R_2", "resistors_parallel", "form", "in series, not in parallel"),
    (SERIES, "1/R_eq = 1/R_1 + 1/R_2", "resistors_series", "form", "in parallel, not in series"),
]


@pytest.mark.parametrize(("problem", "line", "law", "because", "why"), WRONG_LAWS)
def test_a_law_stated_wrongly_is_named_with_a_witness(
    problem: str, line: str, law: str, because: str, why: str
) -> None:
    evidence = work(problem, line)[-1].evidence
    assert isinstance(evidence, WrongLaw), why
    assert evidence.law.startswith(law), why
    assert evidence.because == because, why
    assert evidence.witness, why


def test_the_witness_can_be_worked_out_by_hand() -> None:
    evidence = work(CAR, "KE = m v^2")[-1].evidence
    assert isinstance(evidence, WrongLaw)
    assert evidence.witness == "with m = 1200 kg and v = 15 m/s the kinetic energy is 135000 J, but this gives 270000 J"
    assert evidence.law_text == "KE = 1/2*m*v^2"
    evidence = work(CAR, "E_k = 1/2 m v")[-1].evidence
    assert isinstance(evidence, WrongLaw)
    assert "is in kg m/s, a kinetic energy in kg m^2/s^2" in evidence.witness
    assert evidence.witness.endswith("with m = 1200 kg and v = 15 m/s the law gives 135000 J")


SWAPPED = [
    # problem, line                       used, needed             yields        why it is here
    (SKIER, "E = m g L", "L = 80 m", "H = 40 m", "", "the motto's first line; the mass is not known"),
    (SKIER, "E_p = m g L", "L = 80 m", "H = 40 m", "", "the energy named"),
    (SKIER, "PE = mgL", "L = 80 m", "H = 40 m", "", "letters run together"),
    (SKIER, "v = sqrt(2 g L)", "L = 80 m", "H = 40 m", "28.0 m/s", "the first line is solved already"),
    (SKIER, "v^2 = 2gL", "L = 80 m", "H = 40 m", "28.0 m/s", "not yet solved"),
    (SKIER, "v² = 2*9.81*L", "L = 80 m", "H = 40 m", "28.0 m/s", "g as a number"),
    (SKIER, "mgL = 1/2 m v^2", "L = 80 m", "H = 40 m", "", "the mass cancels; nothing is solved for"),
    (SKIER, "PE = mgd where d = 80 m", "d = 80 m", "H = 40 m", "", "another letter for it"),
    (DIAMETER, "F_c = m v^2/d", "d = 4 m", "r = 2 m", "2.25 N", "the radius is half of it"),
]


@pytest.mark.parametrize(("problem", "line", "used", "needed", "yields", "why"), SWAPPED)
def test_one_given_for_another_is_named_with_the_right_one(
    problem: str, line: str, used: str, needed: str, yields: str, why: str
) -> None:
    evidence = work(problem, line)[0].evidence
    assert isinstance(evidence, WrongQuantity), why
    assert (evidence.slip, evidence.used, evidence.needed) == ("role", used, needed), why
    assert evidence.yields == yields, why
    assert evidence.used_role, why
    assert evidence.needed_role, why


def test_the_motto() -> None:
    first, second = work(SKIER, "E = m g L|v = sqrt(2 g L) = sqrt(2·9.81·80) = 39.6 m/s")
    assert isinstance(first.evidence, WrongQuantity)
    assert first.evidence.law == "potential_energy"
    assert isinstance(second.evidence, FollowThrough)
    assert second.evidence.rests_on == 0
    said = [remark.text for remark in second.remarks if remark.kind == "right_value"]
    assert said == ["with H = 40 m in place of L = 80 m this is 28.0 m/s"]


def test_the_same_mixing_up_under_another_letter_costs_nothing_more() -> None:
    first, second, _ = work(SKIER, "PE = mgd where d = 80 m|m g L = 1/2 m v^2|v = sqrt(2gL)")
    assert isinstance(first.evidence, WrongQuantity)
    assert second.verdict is Verdict.FOLLOW_THROUGH


STATED = [
    # problem, line            why it is here
    (CAR, "E_k = 1/2 m v^2", "the law itself"),
    (CAR, "v = sqrt(2 E_k/m)", "rearranged"),
    (SKIER, "v = sqrt(2 g H)", "energy with the height"),
    (SKIER, "sinθ = H/L", "the slope"),
    (STONE, "F_c = m v²/r", "a law with a power"),
    (OHM, "V = I R", "electricity"),
    (PARALLEL, "1/R_eq = 1/R_1 + 1/R_2", "the conditions fit"),
    (WAVE, "v = f λ", "Greek letters"),
]


@pytest.mark.parametrize(("problem", "line", "why"), STATED)
def test_a_law_stated_rightly_is_correct(problem: str, line: str, why: str) -> None:
    evidence = work(problem, line)[-1].evidence
    assert isinstance(evidence, StatesLaw), why


def test_a_law_is_not_correct_where_the_numbers_after_it_are_wrong() -> None:
    (step,) = work(WAVE, "v = f λ = 50*2 = 120 m/s")
    assert step.verdict is Verdict.WRONG


OPEN = [
    # problem, line           why it is right or must stay open
    ("Two cars, each of mass m = 1000 kg, move at v = 10 m/s. Find the total kinetic energy.", "E_k = m v^2", "two"),
    ("A hoop of mass m = 2 kg rolls without slipping at v = 3 m/s. Find its kinetic energy.", "E_k = m v^2", "rolling"),
    ("A solid disc of mass m = 2 kg rolls at v = 3 m/s. Find the kinetic energy.", "E_k = 3/4 m v^2", "it turns too"),
    ("A pole of mass m = 30 kg and height h = 4 m falls over. Find its potential energy.", "E_p = 1/2 m g h", "middle"),
    ("A body of mass m = 3 kg lies on the Moon; a force of 2 N acts. Find its weight.", "F_g = m g/6", "g is not ours"),
    ("A ball of mass m = 1 kg bounces back with the same speed v = 4 m/s.", "Δp = 2 m v", "the velocity is reversed"),
    ("A ball is thrown up at v_0 = 20 m/s. Find the time t until it is back.", "t = 2 v_0/g", "up and down"),
    ("A pendulum of length L = 1 m is released from the horizontal. Find the speed at the lowest point.",
     "v = sqrt(2gL)", "the length is the height there"),
    ("A ball falls from rest through a distance d = 20 m. Find the speed.", "v = sqrt(2gd)", "a vertical distance"),
    ("A disc of diameter d = 0.4 m spins. Find the area.", "A = π d^2/4", "right with the diameter"),
    ("A wheel of diameter d = 0.6 m rolls. Find the circumference C.", "C = π d", "right with the diameter"),
    ("A block slides down a slope of length L = 5 m at angle θ = 30°. Find the speed at the bottom.",
     "v = sqrt(2 g L sinθ)", "the height from the length"),
    ("A train slows from v_i = 20 m/s to v_f = 10 m/s in t = 5 s.", "s = v_f t + 1/2 a t^2", "told backwards"),
    ("A block is pushed d = 4 m up a slope of height h = 2 m by a force F = 10 N. Find the work.", "W = F d", "way"),
    (LADDER, "W = F s sin θ", "the angle is to the vertical"),
    (SKIER, "v^2 = 2 a L", "along the slope"),
    (SKIER, "a = g H/L", "the slope's own acceleration"),
    (SKIER, "W = m g H", "work of gravity"),
    (CAR, "p = m v", "a momentum on the way"),
    (NEUTRAL, "F = m v/t", "no law by that form alone"),
    (NEUTRAL, "E = hf - φ", "the kinetic energy as E"),
    (NEUTRAL, "W = -Q", "by convention"),
    (NEUTRAL, "V = IR_1", "one of several"),
    (NEUTRAL, "P = V I cosφ", "alternating current"),
    (NEUTRAL, "E = 3/2 k T", "a mean energy"),
    (NEUTRAL, "x = A sin(ωt)", "an oscillation"),
    (NEUTRAL, "N = 3t + 2", "made up"),
    (NEUTRAL, "F = 2T", "a pulley"),
    (NEUTRAL, "d = 2 v t", "there and back"),
    (NEUTRAL, "v = s/t", "a mean speed"),
    (NEUTRAL, "E = -G M m/(2 r)", "the energy in orbit"),
    (NEUTRAL, "v = sqrt(G M/(R + h))", "an altitude"),
    (NEUTRAL, "F = 4T - f", "four thrusters"),
    (NEUTRAL, "P_2 = V^2/(2R)", "twice the resistance"),
    (NEUTRAL, "g_M = 0.4 g_E", "a ratio"),
    (NEUTRAL, "K_2 = 4 K_1", "a ratio"),
    (NEUTRAL, "t = d/(v_1 + v_2)", "two that meet"),
    (NEUTRAL, "E_k = p^2/(2m)", "by the momentum"),
    (NEUTRAL, "E_k = q V", "an accelerated charge"),
    (NEUTRAL, "F = m g + m v^2/r", "the lowest point of a loop"),
    (NEUTRAL, "F_N = m g - F sinθ", "pulled upwards"),
    (NEUTRAL, "T = 2 m_1 m_2 g/(m_1 + m_2)", "two hanging masses"),
    (NEUTRAL, "a = (m_2 - m_1) g/(m_1 + m_2)", "two hanging masses"),
    (NEUTRAL, "I = ε/(R + r)", "with an inner resistance"),
    (NEUTRAL, "KE_f = 1/4 m v^2", "half of the speed left over two bodies"),
    (NEUTRAL, "E_n = n^2 h^2/(8 m L^2)", "a particle in a box"),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "line", "why"), OPEN)
def test_what_may_be_right_is_never_called_wrong(problem: str, line: str, why: str) -> None:
    assert work(problem, line)[-1].verdict is not Verdict.WRONG, why
