"""Lines of physics: dimensions, conversions, figures, values put in; what a teacher would say of each line and why."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import DimensionMismatch

C, W, N = "correct", "wrong", "no_claim"

CAR = "A car of mass m = 900 kg drives at v = 72 km/h for t = 5.0 s."
BALL = "A ball of mass 0.50 kg is dropped from a height of 20 m. Find its speed at the ground. Take g = 9.8 m/s^2."

# problem, work, verdict of each line, why
LINES = [
    (CAR, "v = 20 m/s", [C], "km/h turned into m/s"),
    (CAR, "v = 72 km/h = 72000 m / (3600 s) = 20 m/s", [C], "a running conversion"),
    (CAR, "v = 20 m/s\ns = 20 · 5.0 = 100 m", [C, C], "units left out in the middle"),
    ("", "F = 2.0 kg · 9.8 m/s^2 = 19.6 N", [C], "a unit equation of its own"),
    ("", "F = 2.0 kg · 9.8 m/s^2 = 19.6 kN", [W], "a prefix too many"),
    ("", "F = 2.0 kg · 9.8 m/s^2 = 196 N", [W], "ten times too large"),
    ("", "F = 2.0 kg · 9.8 m/s^2 = -19.6 N", [W], "a sign from nowhere"),
    ("", "F = 2.0 kg · 9.8 m/s^2 = 20 N", [C], "rounded to two figures"),
    ("", "E = 1/2 (2.0 kg)(3.0 m/s) = 9.0 J", [W], "the square dropped: a momentum is no energy"),
    ("", "v = 3.00 × 10^8 m/s\nv = 3.00 × 10^5 km/s", [N, C], "scientific notation, another unit"),
    ("", "F = 8.0 N\nF = 8.0 N · 1 = 8.0 N", [N, C], "the same once more"),
    (
        "",
        "P = 60 W\nt = 2.0 min = 120 s\nE = 60 · 120 = 7200 J = 7.2 kJ",
        [N, C, C],
        "ends in another unit",
    ),
    ("", "v = 54 km/h ÷ 3.6 = 15 m/s", [C], "a conversion by its factor"),
    ("", "v = 54/3.6 km/h = 15 m/s", [C], "a conversion by its factor, the unit written last"),
    ("", "v = 54 km/h · 3.6 = 194.4 m/s", [W], "multiplied by the factor, not divided"),
    ("", "m = 250 g / 1000 = 0.25 kg\nF = 0.25 · 9.8 = 2.45 N", [C, C], "a conversion of grams by its factor"),
    ("", "ω = 300 rpm × 2π/60 = 31.4 rad/s", [C], "turns into radians by the factor"),
    ("", "ω = 5 rev/s = 31.4 rad/s", [C], "a turn is 2π radians"),
    ("", "ω = 33 rpm = 3.7 rad/s", [W], "a turn is 2π radians, so this is 3.5 rad/s"),
]


@pytest.mark.parametrize(("problem", "work", "verdicts", "why"), LINES, ids=[row[3] for row in LINES])
def test_a_line_of_physics_is_judged_by_its_quantities(problem, work, verdicts, why):
    checked = check_work(work, problem_from_statement(problem) if problem else None)
    assert [str(step.verdict) for step in checked] == verdicts, why


# work, the two kinds in words, where, why
MISMATCHES = [
    ("3 m = 3 s", "a length", "a time", "sides", "a length is no time"),
    ("s = 5 m + 3 s", "a length", "a time", "sum", "terms of different kinds"),
    ("v = 20 m/s\nv = 20 m", "a speed", "a length", "sides", "the unit of a speed lost its second"),
    ("F = 20 N\nF = 20 J", "a force", "an energy or a torque", "sides", "a force in joules"),
]


@pytest.mark.parametrize(("work", "left", "right", "where", "why"), MISMATCHES, ids=[row[-1] for row in MISMATCHES])
def test_kinds_that_do_not_fit_are_named(work, left, right, where, why):
    evidence = check_work(work)[-1].evidence
    assert isinstance(evidence, DimensionMismatch), why
    assert (evidence.left, evidence.right, evidence.where) == (left, right, where)


# work in which nothing may be called wrong, why
SPARED = [
    ("T = 2.0 s\nT = 15 N", "the letter is used again, for a tension"),
    ("1 cm = 10 N", "the scale of a drawing"),
    ("R = √(6601 m) = 81.2 m", "the unit written at the wrong place"),
    ("v = 20 m/s\na = 20/4 = 5", "the units are left out"),
    ("R = 1/(1/10 Ω + 1/10 Ω) = 5 Ω", "one over ten ohms, not a tenth of an ohm"),
    ("F = (1.67 × 10^-27 kg)(1.5 × 10^6 m/s)/(1.6 × 10^-19 C)(1.0 T) ≈ 0.016 m", "both brackets are below"),
    ("k = (-784 N)/(-0.0120 m) = 6.53 × 10^4 N/m", "two signs that cancel"),
    ("N = 0.50 kg · 9.8 m/s^2 = 4.9 N\na = 4.9/0.50 = 9.8 m/s^2", "two letters that are units as well"),
]


@pytest.mark.parametrize(("work", "why"), SPARED, ids=[row[-1] for row in SPARED])
def test_what_may_be_meant_is_not_called_wrong(work, why):
    assert W not in [str(step.verdict) for step in check_work(work)], why


def test_a_result_without_its_unit_is_right_with_a_remark():
    checked = check_work("v = √(2 · 9.8 m/s^2 · 20 m)\nv = 19.8", problem_from_statement(BALL))
    assert str(checked[-1].verdict) == C
    assert "unit_missing" in {remark.kind for remark in checked[-1].remarks}


def test_a_value_copied_wrongly_is_refuted_by_the_line_that_found_it():
    checked = check_work("F = 2.0 kg · 8.3 m/s^2 = 16.6 N\nF = 61.6 N")
    assert [str(step.verdict) for step in checked] == [C, W]


def test_school_problems_without_physics_are_judged_as_before():
    checked = check_work("3 apples + 2 apples = 5 apples\n2 hours * 15 dollars = 30 dollars")
    assert W not in [str(step.verdict) for step in checked]
