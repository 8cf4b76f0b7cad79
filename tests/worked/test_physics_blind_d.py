"""Right work of physics in three styles (a phone, LaTeX, Markdown): none is accused, and most lines are proved."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from tests.worked.judging import rows_of, verdicts

ROWS = rows_of("physics_blind_d.yaml")

# The share of the lines that make a claim and must be found right.
FOUND_RIGHT = Fraction(90, 100)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_right_work_is_not_accused(row: Mapping[str, Any]) -> None:
    assert not {"wrong", "follow_through"} & set(verdicts(row)), row["why"]


def test_lines_that_claim_something_are_found_right() -> None:
    pairs = [pair for row in ROWS for pair in zip(verdicts(row), row["verdicts"], strict=True) if pair[1] == "correct"]
    assert Fraction(sum(found == "correct" for found, _ in pairs), len(pairs)) >= FOUND_RIGHT
