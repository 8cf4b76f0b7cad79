"""Short school work in mathematics, written blind and right: what is said of each line, against what a teacher says."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement

ROWS: tuple[Mapping[str, Any], ...] = tuple(
    YAML(typ="safe").load(Path(__file__).with_name("maths_blind_e.yaml").read_text(encoding="utf-8"))
)
RIGHT = tuple(row for row in ROWS if "wrong" not in row["verdicts"])

# A teacher would accept either for a line that only restates or names something.
FINE = frozenset({"correct", "no_claim"})

# The share of the lines of right work that make a claim and must be found right.
FOUND_RIGHT = Fraction(70, 100)


def verdicts(row: Mapping[str, Any]) -> list[str]:
    """The verdict of each line, in order."""
    checked = check_work(row["work"], problem_from_statement(row["problem"]))
    by_line = {step.step.line: str(step.verdict) for step in checked}
    return [by_line.get(line, "no_claim") for line in range(len(row["work"].splitlines()))]


def agrees(found: str, settled: str | list[str]) -> bool:
    """Whether a verdict is one that was settled, "correct" and "no claim" being as good as each other."""
    allowed = {settled} if isinstance(settled, str) else set(settled)
    return found in allowed or (found in FINE and bool(allowed & FINE))


def named(row: Mapping[str, Any]) -> str:
    """The row's name in a report."""
    return str(row["id"])


@pytest.mark.parametrize("row", RIGHT, ids=named)
def test_right_work_is_not_accused(row: Mapping[str, Any]) -> None:
    assert not {"wrong", "follow_through"} & set(verdicts(row)), row["why"]


def test_lines_of_right_work_that_claim_something_are_found_right() -> None:
    pairs = [pair for row in RIGHT for pair in zip(verdicts(row), row["verdicts"], strict=True) if pair[1] == "correct"]
    assert Fraction(sum(found == "correct" for found, _ in pairs), len(pairs)) >= FOUND_RIGHT
