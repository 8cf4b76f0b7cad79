"""Quantities, dimensions, figures, uncertainties and vectors in student work, against what a teacher says of each line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import CheckedStep

ROWS: tuple[Mapping[str, Any], ...] = tuple(
    YAML(typ="safe").load(Path(__file__).with_name("physics_quantities.yaml").read_text(encoding="utf-8"))
)

# A teacher would accept either for a line that only restates or names something.
FINE = frozenset({"correct", "no_claim"})


def by_line(row: Mapping[str, Any]) -> dict[int, CheckedStep]:
    """The checked step of each line."""
    return {step.step.line: step for step in check_work(row["work"], problem_from_statement(row["problem"]))}


def agrees(found: str, expected: str) -> bool:
    """Whether a verdict is the expected one, "correct" and "no claim" being as good as each other."""
    return found == expected or {found, expected} <= FINE


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_line_is_judged_as_a_teacher_judges_it(row: Mapping[str, Any]) -> None:
    checked = by_line(row)
    found = [str(checked[k].verdict) if k in checked else "no_claim" for k in range(len(row["expect"]))]
    assert all(map(agrees, found, row["expect"])), (found, row["expect"], row["why"])
    for line, kinds in row.get("remarks", {}).items():
        shown = {remark.kind for remark in checked[line].remarks}
        for kind in kinds:
            unwanted = kind.removeprefix("not ")
            assert (unwanted not in shown) if unwanted != kind else kind in shown, (shown, row["why"])
