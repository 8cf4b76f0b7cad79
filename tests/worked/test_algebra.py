"""Algebra as students write it: what is said of each line, against what an experienced teacher says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tutor.pipeline import check_work
from tutor.problems import problem_from_object, problem_from_statement

ROWS: tuple[Mapping[str, Any], ...] = tuple(
    YAML(typ="safe").load(Path(__file__).with_name("algebra.yaml").read_text(encoding="utf-8"))
)
RIGHT = tuple(row for row in ROWS if "wrong" not in row["verdicts"])
WRONG = tuple(row for row in ROWS if "wrong" in row["verdicts"])

# A line that restates or names something may be called either.
FINE = frozenset({"correct", "no_claim"})


def verdicts(row: Mapping[str, Any]) -> list[str]:
    """The verdict of each physical line."""
    if "answer" in row:
        problem = problem_from_object({"statement": row["problem"], "answer": row["answer"]})
    else:
        problem = problem_from_statement(row["problem"])
    by_line = {step.step.line: str(step.verdict) for step in check_work(row["work"], problem)}
    return [by_line.get(line, "no_claim") for line in range(len(row["work"].splitlines()))]


def named(row: Mapping[str, Any]) -> str:
    """The row's name in a report."""
    return str(row["id"])


@pytest.mark.parametrize("row", RIGHT, ids=named)
def test_no_line_of_right_work_is_called_wrong(row: Mapping[str, Any]) -> None:
    assert not {"wrong", "follow_through"} & set(verdicts(row)), row["why"]


@pytest.mark.parametrize("row", WRONG, ids=named)
def test_the_slip_is_found_on_its_line_and_the_rest_is_judged_by_it(row: Mapping[str, Any]) -> None:
    found = verdicts(row)
    assert found.index("wrong") == row["verdicts"].index("wrong"), row["why"]
    agreed = [pair[0] == pair[1] or set(pair) <= FINE for pair in zip(found, row["verdicts"], strict=True)]
    assert all(agreed), (found, row["verdicts"], row["why"])


def test_every_line_of_right_work_is_read_and_decided() -> None:
    open_lines = [
        (row["id"], line)
        for row in RIGHT
        for line, verdict in zip(row["work"].splitlines(), verdicts(row), strict=True)
        if verdict in ("undecided", "unreadable")
    ]
    assert open_lines == []
