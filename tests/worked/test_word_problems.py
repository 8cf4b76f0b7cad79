"""Word problems as students write them up: what is said of each line, against what a teacher says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement

ROWS: tuple[Mapping[str, Any], ...] = tuple(
    YAML(typ="safe").load(Path(__file__).with_name("word_problems.yaml").read_text(encoding="utf-8"))
)

# A teacher would accept either for a line that only restates or names something.
FINE = frozenset({"correct", "no_claim"})


def verdicts(row: Mapping[str, Any]) -> list[str]:
    """The verdict of each line, in order."""
    checked = check_work(row["work"], problem_from_statement(row["problem"]))
    by_line = {step.step.line: str(step.verdict) for step in checked}
    return [by_line.get(line, "no_claim") for line in range(len(row["work"].splitlines()))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_line_gets_the_verdict_that_a_teacher_gives(row: Mapping[str, Any]) -> None:
    found = verdicts(row)
    agreed = [pair[0] == pair[1] or set(pair) <= FINE for pair in zip(found, row["verdicts"], strict=True)]
    assert all(agreed), (found, row["verdicts"], row["why"])
