"""School work in many styles of layout, written blind: right work is not accused, slips are found where they were."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from tests.worked.judging import agrees, named, rows_of, verdicts
from tutor.pipeline import grade_submission
from tutor.problems import problem_from_object, problem_from_statement
from tutor.records import Submission

ROWS = tuple(row for letter in "fghij" for row in rows_of(f"blind_styles_{letter}.yaml"))
RIGHT = tuple(row for row in ROWS if "wrong" not in row["verdicts"])
SLIPPED = tuple(row for row in ROWS if "wrong" in row["verdicts"] and "open" not in row)
OPEN = tuple(row for row in ROWS if "open" in row)

# The share of the lines of right work that make a claim and must be found right.
FOUND_RIGHT = Fraction(80, 100)


@pytest.mark.parametrize("row", RIGHT, ids=named)
def test_right_work_is_not_accused_with_or_without_its_reference_answer(row: Mapping[str, Any]) -> None:
    problems = [problem_from_statement(row["problem"])]
    if "answer" in row:
        problems.append(problem_from_object({"statement": row["problem"], "answer": row["answer"]}))
    for problem in problems:
        report = grade_submission(Submission(id=row["id"], student="", problem="", work=row["work"]), problem)
        assert report.first_wrong is None, row["why"]
        assert report.answer is None or report.answer.correct is not False, row["why"]


@pytest.mark.parametrize("row", SLIPPED, ids=named)
def test_the_slip_is_found_on_its_line(row: Mapping[str, Any]) -> None:
    found = verdicts(row)
    assert "wrong" in found, row["why"]
    assert found.index("wrong") == row["verdicts"].index("wrong"), (found, row["why"])


@pytest.mark.parametrize("row", OPEN, ids=named)
def test_what_stands_before_a_slip_that_is_not_yet_found_is_not_accused(row: Mapping[str, Any]) -> None:
    assert "wrong" not in verdicts(row)[: row["verdicts"].index("wrong")], row["why"]


def test_lines_of_right_work_that_claim_something_are_found_right() -> None:
    pairs = [pair for row in RIGHT for pair in zip(verdicts(row), row["verdicts"], strict=True) if pair[1] == "correct"]
    assert Fraction(sum(agrees(*pair) for pair in pairs), len(pairs)) >= FOUND_RIGHT
