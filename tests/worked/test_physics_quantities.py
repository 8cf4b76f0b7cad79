"""Quantities, dimensions, figures, uncertainties and vectors against what a teacher says of each line."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tutor.pipeline import check_work, grade_submission
from tutor.problems import problem_from_statement
from tutor.records import CheckedStep, Submission

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


RIGHT = tuple(row for row in ROWS if "wrong" not in row["expect"])


@pytest.mark.parametrize("row", RIGHT, ids=lambda row: row["id"])
def test_right_work_is_not_accused(row: Mapping[str, Any]) -> None:
    assert not {"wrong", "follow_through"} & {str(step.verdict) for step in by_line(row).values()}, row["why"]


@pytest.mark.parametrize("row", [row for row in ROWS if "open" not in row], ids=lambda row: row["id"])
def test_each_line_is_judged_as_a_teacher_judges_it(row: Mapping[str, Any]) -> None:
    checked = by_line(row)
    found = [str(checked[k].verdict) if k in checked else "no_claim" for k in range(len(row["expect"]))]
    assert all(map(agrees, found, row["expect"])), (found, row["expect"], row["why"])
    for line, kinds in row.get("remarks", {}).items():
        shown = {remark.kind for remark in checked[line].remarks}
        for kind in kinds:
            unwanted = kind.removeprefix("not ")
            assert (unwanted not in shown) if unwanted != kind else kind in shown, (shown, row["why"])


BAD_INPUT = (
    ("F = 3 zorkons = 4 N", "undecided"),
    ("10^999999999 m = 5 m", "undecided"),
    ("1.5e400 J = 1.5e403 mJ", "no_claim"),
    ("d = 1e999999999 m", "unreadable"),
    ("v = 5 m^999999999/s", "no_claim"),
    ("x = 5 ± 10^999999999 m", "no_claim"),
    ("v = 5 " + "kg m s " * 3000, "unreadable"),
    ("5 kg = 5 m", "wrong"),
)


@pytest.mark.parametrize(("line", "verdict"), BAD_INPUT, ids=[line[:24] for line, _ in BAD_INPUT])
def test_bad_units_and_numbers_cost_only_their_own_line(line: str, verdict: str) -> None:
    work = f"{line}\nt = 40 m / (20 m/s) = 2.0 s"
    checked = check_work(work, problem_from_statement("A car travels 40 m at 20 m/s. Find the time."))
    assert [str(step.verdict) for step in checked] == [verdict, "correct"]


def test_a_figure_remark_is_an_error_where_the_problem_says_so() -> None:
    problem = problem_from_statement(
        "A skier slides from rest down a frictionless slope of height 40 m. Find the speed."
    )
    strict = replace(problem, strict_remarks=frozenset({"figures_many"}), marks=Fraction(3))
    work = "v = sqrt(2gh) = sqrt(2·9.8·40) = 28.0000 m/s"
    report = grade_submission(Submission("1", "a", "p", work), strict)
    assert any("figures" in why for _, _, why in report.mark.lost)
