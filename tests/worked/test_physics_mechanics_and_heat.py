"""Whole pieces of work in mechanics and heat: what is said of each line, against what a teacher says."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement

ROWS: tuple[Mapping[str, Any], ...] = tuple(
    YAML(typ="safe").load(Path(__file__).with_name("physics_mechanics_and_heat.yaml").read_text(encoding="utf-8"))
)
RIGHT = tuple(row for row in ROWS if "wrong" not in row["expect"])
SLIPPED = tuple(row for row in ROWS if "wrong" in row["expect"])

# A teacher would accept either for a line that only restates or names something.
FINE = frozenset({"correct", "no_claim"})

# The share of the lines of right work that make a claim and must be found right.
FOUND_RIGHT = Fraction(84, 100)


def verdicts(row: Mapping[str, Any]) -> list[str]:
    """The verdict of each line, in order."""
    checked = check_work(row["work"], problem_from_statement(row["problem"]))
    by_line = {step.step.line: str(step.verdict) for step in checked}
    return [by_line.get(line, "no_claim") for line in range(len(row["work"].splitlines()))]


def agrees(found: str, expected: str) -> bool:
    """Whether a verdict is the expected one, "correct" and "no claim" being as good as each other."""
    return found == expected or {found, expected} <= FINE


@pytest.mark.parametrize("row", RIGHT, ids=lambda row: row["id"])
def test_right_work_is_not_accused(row: Mapping[str, Any]) -> None:
    assert not {"wrong", "follow_through"} & set(verdicts(row)), row["why"]


@pytest.mark.parametrize("row", SLIPPED, ids=lambda row: row["id"])
def test_the_slip_is_found_on_its_line_and_what_rests_on_it_follows(row: Mapping[str, Any]) -> None:
    found = verdicts(row)
    assert all(agrees(*pair) for pair in zip(found, row["expect"], strict=True)), (found, row["expect"], row["why"])


def test_lines_of_right_work_that_claim_something_are_found_right() -> None:
    pairs = [pair for row in RIGHT for pair in zip(verdicts(row), row["expect"], strict=True) if pair[1] == "correct"]
    assert Fraction(sum(found == "correct" for found, _ in pairs), len(pairs)) >= FOUND_RIGHT
