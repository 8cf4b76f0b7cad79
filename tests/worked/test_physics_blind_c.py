"""Whole pieces of work in all of physics, right first: what is said of each line, against what a teacher says."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from tests.worked.judging import agrees, named, rows_of, verdicts

ROWS = rows_of("physics_blind_c.yaml")
RIGHT = tuple(row for row in ROWS if "wrong" not in row["verdicts"])
SLIPPED = tuple(row for row in ROWS if "wrong" in row["verdicts"] and "open" not in row)
OPEN = tuple(row for row in ROWS if "open" in row)

# The share of the lines of right work that make a claim and must be found right.
FOUND_RIGHT = Fraction(75, 100)


@pytest.mark.parametrize("row", RIGHT, ids=named)
def test_right_work_is_not_accused(row: Mapping[str, Any]) -> None:
    assert not {"wrong", "follow_through"} & set(verdicts(row)), row["why"]


@pytest.mark.parametrize("row", SLIPPED, ids=named)
def test_the_slip_is_found_on_its_line_and_what_rests_on_it_follows(row: Mapping[str, Any]) -> None:
    found = verdicts(row)
    assert all(agrees(*pair) for pair in zip(found, row["verdicts"], strict=True)), (
        found,
        row["verdicts"],
        row["why"],
    )


def test_lines_of_right_work_that_claim_something_are_found_right() -> None:
    pairs = [pair for row in RIGHT for pair in zip(verdicts(row), row["verdicts"], strict=True) if pair[1] == "correct"]
    assert Fraction(sum(found == "correct" for found, _ in pairs), len(pairs)) >= FOUND_RIGHT


@pytest.mark.parametrize("row", OPEN, ids=named)
def test_what_stands_before_a_slip_that_is_not_yet_found_is_not_accused(row: Mapping[str, Any]) -> None:
    assert "wrong" not in verdicts(row)[: row["verdicts"].index("wrong")], row["why"]
