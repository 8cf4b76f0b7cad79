"""A result in a unit that what is asked for cannot have."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement

FORCE = "A car of mass 1200 kg accelerates at 2.5 m/s². Find the net force."
ENERGY = "A car of mass 1200 kg drives at 90 km/h. Find its kinetic energy."
CASES = [
    # problem  line                         wrong  why it is here
    (FORCE, "F = 1200*2.5 = 3000 J", True, "a force in joules, the units left out before"),
    (FORCE, "F = 1200*2.5 = 3000 N", False, "a force"),
    (FORCE, "F = 1200*2.5 = 3000 kg m/s^2", False, "a force in base units"),
    (FORCE, "F = 1200*2.5 = 3000 frobs", False, "a unit that is not known"),
    (ENERGY, "E = 500 N/C", False, "E is a field, too"),
]


@pytest.mark.parametrize(("problem", "line", "wrong", "why"), CASES, ids=[why for *_, why in CASES])
def test_the_letter_of_what_is_asked_for_has_its_kind(problem, line, wrong, why):
    (step,) = check_work(line, problem_from_statement(problem))
    assert (step.verdict == "wrong") == wrong
