"""Sums in which one bare 2, 3 or 4 stands among quantities: its dimension is none, or that of a quantity with its unit
left out; where neither makes the terms fit, they are of two kinds.
"""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import DimensionMismatch, Verdict

FALL = "A ball is thrown down at 3.0 m/s. How far does it fall in 1.0 s, and in 2.0 s?"
PHOTON = "A mass of 0.0050 u is lost in a nuclear reaction. What is the value of E, the energy set free, in joules?"

WRONG = [
    ("y = (3.0 m/s)(1.0 s) + (9.8 m/s^2)(1.0 s)/2 = 7.9 m", "a square left out, which 1.0 hides"),
    ("y = 0 + (3.0 m/s)(1.0 s) + (9.8 m/s^2)(1.0 s)^4/2 = 7.9 m", "the fourth power for the square"),
]
RIGHT = [
    ("y = (3.0 m/s)(1.0 s) + (9.8 m/s^2)(1.0 s)^2/2 = 7.9 m", "the square is there"),
    ("v = 3.0 m/s + (9.8 m/s^2)(2) = 22.6 m/s", "2 is the time of 2.0 s, without its unit"),
    ("y = 0 + (3.0 m/s)(1.0 s) + (9.8 m/s^2)(1.0 s)^3/2 = 7.9 m", "2 may be the 2.0 s: nothing is sure"),
    ("y = (3.0 m/s)(2) + (9.8 m/s^2)(2)^2/2 = 25.6 m", "2 s twice, and a 2 of the formula"),
]


@pytest.mark.parametrize(("work", "why"), WRONG, ids=[r[1] for r in WRONG])
def test_terms_of_two_kinds_are_told(work: str, why: str) -> None:
    (step,) = check_work(work, problem_from_statement(FALL))
    assert isinstance(step.evidence, DimensionMismatch), why


@pytest.mark.parametrize(("work", "why"), RIGHT, ids=[r[1] for r in RIGHT])
def test_a_number_may_have_lost_its_unit(work: str, why: str) -> None:
    (step,) = check_work(work, problem_from_statement(FALL))
    assert step.verdict is not Verdict.WRONG, why


@pytest.mark.parametrize(
    ("work", "wrong", "why"),
    [
        ("We convert to kg and apply E = mc to find the energy.", True, "the square of the speed of light left out"),
        ("We convert to kg and apply E = mc^2 to find the energy.", False, "as it should be"),
        ("We convert to kg and apply E = hf to find the frequency.", False, "another law of that letter"),
    ],
)
def test_a_law_in_a_sentence_is_held_by_its_constant(work: str, wrong: bool, why: str) -> None:
    (step,) = check_work(work, problem_from_statement(PHOTON))
    assert (step.verdict is Verdict.WRONG) is wrong, why
