"""A unit that there is not is said to be none, on its line; nothing is called wrong for it."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import Verdict

CAR = "A car starts from rest and accelerates at 2 m/s^2 for 4 s. Find its speed v."
CASES = [
    # problem  work                                   word       why it is here
    (CAR, "v = 5 frobs", "frobs", "a unit that there is not"),
    (CAR, "v = 2*4 = 8 frob/s\nv = 8 m/s", "frob", "the next line is not held against it"),
    (CAR, "v = at = 2*4 = 8 frobs/s", "frobs", "not held against the units before it"),
    (CAR, "v = s/t = 16 m / 2 s = 8 frobs/s", "frobs", "a letter that is a unit too"),
    (CAR, "v = 8 meterz/s", "meterz", "misspelt"),
    (CAR, "v = 8 m/s", "", "a unit"),
    (CAR, "t = 4 seconds", "", "a unit in words"),
    ("Light of 500 nm has a power of 2 W. How many photons a second?", "N = 5.03e18 photons", "", "the problem's noun"),
    ("A 60 W bulb runs for 2 hours. Find the energy.", "N = 3 electrons", "", "what physics counts"),
    ("Ann has 5 apples and eats 2. How many are left?", "5 - 2 = 3 frobs", "", "no physics"),
]


@pytest.mark.parametrize(("problem", "work", "word", "why"), CASES, ids=[why for *_, why in CASES])
def test_an_unknown_unit_is_said_on_its_line(problem, work, word, why):
    steps = check_work(work, problem_from_statement(problem))
    said = [r.text for r in steps[0].remarks if r.kind == "unit_unknown"]
    assert bool(said) == bool(word), said
    assert all(text.startswith(f'"{word}" is not a unit known here') for text in said)
    assert not word or all(step.verdict is not Verdict.WRONG for step in steps)


def test_a_unit_that_may_have_been_meant_is_named():
    (step,) = check_work("v = 8 meterz/s", problem_from_statement(CAR))
    assert any("did you mean meter?" in r.text for r in step.remarks)
