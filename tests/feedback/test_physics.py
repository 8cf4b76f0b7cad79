"""A wrong line of physics has its cause: the law's slip, the unit not converted, or what the solution has there."""

from __future__ import annotations

import pytest

from tutor.feedback.laws import named
from tutor.laws.catalogue import catalogue
from tutor.misconceptions.catalogue import entries
from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import CheckedStep, Verdict

CASES = [
    # problem, work, the cause of its first wrong line, why it is here
    (
        "A ball of mass 0.50 kg moves at 8.0 m/s. What is its kinetic energy?",
        "E = m v^2 = 0.50 * 8.0^2 = 32 J",
        "half_forgotten_in_formula",
        "a slip that is kept with the law",
    ),
    (
        "A ball of mass 0.50 kg moves at 8.0 m/s. What is its kinetic energy?",
        "E = 1/2 m v = 0.5*0.50*8.0 = 2.0 J",
        "speed_not_squared",
        "a slip that is kept with the law",
    ),
    (
        "Find the kinetic energy of a bullet of 12 g at 400 m/s.",
        "E = 1/2 m v^2 = 0.5*12*400^2 = 960000 J",
        "gram_used_as_kilogram",
        "the number of grams in the place of kilograms",
    ),
    (
        "A current of 3.0 A flows for 2.0 min. What charge passes?",
        "Q = I t = 3.0*2.0 = 6.0 C",
        "time_unit_left_in_formula",
        "the number of minutes in the place of seconds",
    ),
    (
        "A car drives at 108 km/h for 20 s. How far does it go?",
        "v = 108 km/h = 108 m/s",
        "unit_relabelled_without_converting",
        "the unit changed, the number kept",
    ),
    (
        "Resistors of 12 Ω and 24 Ω are connected in parallel. Find the total resistance.",
        "R = 12 + 24 = 36 Ω",
        "parallel_resistors_added",
        "a law stated in numbers alone",
    ),
    (
        "A sonar pulse returns from the sea bed after 0.60 s. Sound travels at 1500 m/s in water. How deep is it?",
        "1500 * 0.60 = 900 m",
        "echo_path_not_halved",
        "compared with the solver's solution",
    ),
    (
        "A block with a mass of 5.0 kg rests on a slope of 25°. Find the normal force. Use g = 9.81 m/s².",
        "N = m g = 5.0*9.81 = 49.05 N",
        "normal_force_equals_weight",
        "compared with the solver's solution, or the law's slip",
    ),
    (
        "A battery of emf 6.0 V and internal resistance 0.50 Ω delivers 2.0 A. Find its terminal voltage.",
        "V = E + I r",
        None,
        "no error of the catalogue: a law remembered with a wrong sign is no slip of algebra",
    ),
    (
        "A wheel has a radius of 0.30 m. Find its circumference.",
        "U = 2*pi*0.30 = 1.98 m",
        None,
        "a slip of the calculator has no cause",
    ),
]


def first_wrong(problem: str, work: str) -> CheckedStep:
    return next(s for s in check_work(work, problem_from_statement(problem)) if s.verdict is Verdict.WRONG)


@pytest.mark.parametrize(("problem", "work", "cause", "why"), CASES, ids=lambda v: str(v)[:24])
def test_a_wrong_line_of_physics_has_its_cause(problem: str, work: str, cause: str | None, why: str) -> None:
    assert first_wrong(problem, work).misconception == cause, why


@pytest.mark.parametrize(("problem", "work", "cause", "why"), CASES[:2], ids=lambda v: str(v)[:24])
def test_the_first_hint_does_not_show_the_law(problem: str, work: str, cause: str | None, why: str) -> None:
    assert "1/2*m*v^2" not in first_wrong(problem, work).hints[0]


def test_slips_of_laws_are_named_by_entries_of_the_catalogue() -> None:
    found = {named(law.id, done) for law in catalogue().laws.values() for _, done in law.slip_texts}
    assert found - {None} <= set(entries())
    assert len(found) > 30


def test_no_slip_is_named_by_what_it_is_not() -> None:
    assert named("kinetic_energy", "the speed is squared twice") is None
    assert named("pendulum_period", "the factor 2 pi is missing") is None
    assert named("torricelli", "the factor 2 is missing") is None
    assert named("wire_force", "cosine stands for sine") is None
