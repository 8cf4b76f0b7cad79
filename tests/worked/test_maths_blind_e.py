"""Short school work in mathematics, written blind and right: what is said of each line, against what a teacher says."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from tests.worked.judging import named, rows_of, verdicts

ROWS = rows_of("maths_blind_e.yaml")
RIGHT = tuple(row for row in ROWS if "wrong" not in row["verdicts"])

# The share of the lines of right work that make a claim and must be found right.
FOUND_RIGHT = Fraction(70, 100)


@pytest.mark.parametrize("row", RIGHT, ids=named)
def test_right_work_is_not_accused(row: Mapping[str, Any]) -> None:
    assert not {"wrong", "follow_through"} & set(verdicts(row)), row["why"]


def test_lines_of_right_work_that_claim_something_are_found_right() -> None:
    pairs = [pair for row in RIGHT for pair in zip(verdicts(row), row["verdicts"], strict=True) if pair[1] == "correct"]
    assert Fraction(sum(found == "correct" for found, _ in pairs), len(pairs)) >= FOUND_RIGHT
