"""Right work by unusual routes: whatever else is said of a line, it is not called wrong."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import Problem

ROWS: tuple[Mapping[str, Any], ...] = tuple(
    YAML(typ="safe").load(Path(__file__).with_name("right_routes.yaml").read_text(encoding="utf-8"))
)


def named(row: Mapping[str, Any]) -> str:
    """The row's name in a report."""
    return str(row["id"])


@pytest.mark.parametrize("stated", [True, False], ids=["stated", "bare"])
@pytest.mark.parametrize("row", ROWS, ids=named)
def test_no_line_is_called_wrong(row: Mapping[str, Any], stated: bool) -> None:
    problem = problem_from_statement(row["problem"]) if stated else Problem()
    blamed = [s.step.text for s in check_work(row["work"], problem) if str(s.verdict) in ("wrong", "follow_through")]
    assert not blamed, row["why"]


@pytest.mark.parametrize(
    ("problem", "work", "line", "why"),
    [
        ("Solve (x - 2)(x + 5) = 0.", "x = 2", 0, "nothing refuses x = -5"),
        ("Solve w^2 + 3w - 40 = 0.", "w = -8 or w = 4", 0, "no refusal makes 4 a solution"),
        ("Solve x + y = 10 and x - y = 4.", "x = 6, y = 4", 0, "a pair that fulfils one equation of two"),
        ("Solve x^2 = 16.", "x = 4", 0, "no triangle is in sight"),
        ("Solve 3x + 5 = 2x + 9.", "x = 14", 0, "a plain slip"),
    ],
)
def test_a_slip_nearby_is_found(problem: str, work: str, line: int, why: str) -> None:
    steps = check_work(work, problem_from_statement(problem))
    assert str(steps[line].verdict) == "wrong", why
