"""Right work of physics in three styles (a phone, LaTeX, Markdown): none is accused, and most lines are proved."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement

ROWS: tuple[Mapping[str, Any], ...] = tuple(
    YAML(typ="safe").load(Path(__file__).with_name("physics_blind_d.yaml").read_text(encoding="utf-8"))
)

# The share of the lines that make a claim and must be found right.
FOUND_RIGHT = Fraction(90, 100)


def verdicts(row: Mapping[str, Any]) -> list[str]:
    """The verdict of each line, in order."""
    checked = check_work(row["work"], problem_from_statement(row["problem"]))
    by_line = {step.step.line: str(step.verdict) for step in checked}
    return [by_line.get(line, "no_claim") for line in range(len(row["work"].splitlines()))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_right_work_is_not_accused(row: Mapping[str, Any]) -> None:
    assert not {"wrong", "follow_through"} & set(verdicts(row)), row["why"]


def test_lines_that_claim_something_are_found_right() -> None:
    pairs = [pair for row in ROWS for pair in zip(verdicts(row), row["verdicts"], strict=True) if pair[1] == "correct"]
    assert Fraction(sum(found == "correct" for found, _ in pairs), len(pairs)) >= FOUND_RIGHT
