"""Values said to be known in a sentence, held against the problem's, which the lines to come put in."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import Verdict, WrongQuantity

KETTLE = (
    "Find the temperature rise of 1.5 kg of water with a specific heat of 4180 J/(kg K) that takes up 94000 J of heat."
)
CRATE = "A crate of mass 40 kg is pulled along a level floor. It accelerates at 1.5 m/s^2. Find the net force."
ROPES = (
    "Two ropes pull on a boat, one with 250 N at 35° to the bank, the other with 180 N at 20°. Find the pull along it."
)
CLIFF = "A stone is thrown upwards at 12 m/s from a cliff and lands 32 m lower. How long is it in the air?"
PIPE = "Water flows at 2.0 m/s through a pipe with a diameter of 0.30 m. Find the volume flow rate."
CARTS = "A cart of mass 6.0 kg and one of 3.0 kg are each pushed with 12 N. Find both accelerations."

# problem, work, line, why
WRONG = [
    (
        KETTLE,
        "ΔT = Q/(m c)\nWe insert the values Q = 94000 J, m = 15 kg and c = 4180 J/(kg K) to find\n"
        "ΔT = (94000 J)/((1.5 kg)(4180 J/(kg K))) = 15 K",
        1,
        "a decimal point lost, which the next line has",
    ),
    (
        KETTLE,
        "ΔT = Q/(m c)\nWe insert the values Q = 94000 J, m = 4180 kg and c = 1.5 J/(kg K) to find\n"
        "ΔT = (94000 J)/((1.5 kg)(4180 J/(kg K))) = 15 K",
        1,
        "two numbers exchanged",
    ),
    (
        ROPES,
        "From the problem, we know that A = 250 N, θ_A = 35°, B = 90 N and θ_B = 20°.\n"
        "A_x = A cos θ_A = (250 N)(cos 35°) = 205 N\nB_x = B cos θ_B = (180 N)(cos 20°) = 169 N",
        0,
        "half of one of two forces",
    ),
    (
        ROPES,
        "From the problem, we know that A = 250 N, θ_A = 70°, B = 180 N and θ_B = 20°.\n"
        "A_x = A cos θ_A = (250 N)(cos 35°) = 205 N\nB_x = B cos θ_B = (180 N)(cos 20°) = 169 N",
        0,
        "an angle doubled",
    ),
    (
        CLIFF,
        "y = v t - 1/2 g t^2\nWe start from zero, where the final position is y = -320 m here\n"
        "-32 m = (12 m/s) t - (4.9 m/s^2) t^2",
        1,
        "the equation beside its formula has the problem's value",
    ),
]

# problem, work, why
RIGHT = [
    (
        KETTLE,
        "ΔT = Q/(m c)\nWe insert the values Q = 94 kJ, m = 1.5 kg and c = 4180 J/(kg K) to find\n"
        "ΔT = (94000 J)/((1.5 kg)(4180 J/(kg K))) = 15 K",
        "another unit of the same heat",
    ),
    (
        PIPE,
        "The pipe has the radius r = 0.15 m here.\nA = π r^2 = π (0.15 m)^2 = 0.0707 m^2\nQ = A v = 0.141 m^3/s",
        "the radius from the diameter, in the head",
    ),
    (
        PIPE,
        "The pipe has the radius r = 0.15 m here.\nA = π d^2/4 = π (0.30 m)^2/4 = 0.0707 m^2",
        "the diameter by its own name",
    ),
    (
        CRATE,
        "With g the weight is W = 392 N, and the mass is m = 40 kg.\nF = m a = (40 kg)(1.5 m/s^2) = 60 N",
        "a value worked out from one that is given",
    ),
    (
        CARTS,
        "For the lighter one m = 3.0 kg is to be put in.\na = F/m = (12 N)/(3.0 kg) = 4.0 m/s^2\n"
        "For the other one\na = F/m = (12 N)/(6.0 kg) = 2.0 m/s^2",
        "one letter for two masses, both given",
    ),
    (
        ROPES,
        "The rope is at θ = 55° to the normal.\nF = A sin θ = (250 N)(sin 55°) = 205 N",
        "the angle from the other side",
    ),
    (
        CRATE,
        "With a child on it the mass is m = 65 kg, but here it has none.\nF = m a = (40 kg)(1.5 m/s^2) = 60 N",
        "a value of something else, which no slip makes of the given one",
    ),
]


@pytest.mark.parametrize(("problem", "work", "line", "why"), WRONG, ids=[r[3] for r in WRONG])
def test_a_value_that_nobody_told_is_wrong_where_the_work_goes_on_with_the_given_one(
    problem: str, work: str, line: int, why: str
) -> None:
    steps = check_work(work, problem_from_statement(problem))
    assert [s.step.line for s in steps if s.verdict is Verdict.WRONG] == [line], why
    assert isinstance(steps[line].evidence, WrongQuantity), why


@pytest.mark.parametrize(("problem", "work", "why"), RIGHT, ids=[r[2] for r in RIGHT])
def test_a_value_with_an_origin_or_of_something_else_is_left_alone(problem: str, work: str, why: str) -> None:
    assert all(s.verdict is not Verdict.WRONG for s in check_work(work, problem_from_statement(problem))), why
