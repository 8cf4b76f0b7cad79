"""A teacher's word on a line, put into the reports of every work in which the same line stands.

The evidence stays what it is: a ruling stands beside it, as a mark by hand stands beside the program's. Reports are
kept without rulings, so that one that is given or taken back counts at the next look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tutor.marking.ruled import mark_as_ruled
from tutor.records import Problem, Report, Verdict
from tutor.report.machine import to_json
from tutor.syntax.same import same_line

WRONG = frozenset({Verdict.WRONG.value})


@dataclass(frozen=True, slots=True)
class Ruling:
    """text: the line as a student wrote it. right: whether it holds. comment: for the student. by: who says so."""

    text: str
    right: bool
    comment: str = ""
    by: str = ""


def by_line(rulings: Sequence[Ruling]) -> dict[str, Ruling]:
    """The rulings by their lines; of two on the same line the later one."""
    return {same_line(ruling.text): ruling for ruling in rulings}


def settled_step(step: Mapping[str, Any], rulings: Mapping[str, Ruling]) -> dict[str, Any]:
    """The step with the ruling on its line under `ruling`, where there is one."""
    ruling = rulings.get(same_line(step["text"]))
    if ruling is None:
        return dict(step)
    return {**step, "ruling": {"right": ruling.right, "comment": ruling.comment, "by": ruling.by}}


def settled(
    report: Mapping[str, Any], rulings: Mapping[str, Ruling], mark: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The report with the rulings on its lines, and what follows for the first wrong line, the answer and the mark.

    mark: as the work is marked with the rulings (`mark_json`); the program's own stays under `mark.automatic`.
    """
    if not rulings:
        return dict(report)
    steps = [settled_step(step, rulings) for step in report["steps"]]
    right = {step["line"]: step["ruling"]["right"] for step in steps if "ruling" in step}
    if not right:
        return dict(report)
    wrong = (s["line"] for s in steps if (not s["ruling"]["right"] if "ruling" in s else s["verdict"] in WRONG))
    answer = report["answer"]
    found = {**report, "steps": steps, "first_wrong": next(wrong, None)}
    if answer is not None and answer["line"] in right:
        found["answer"] = {**answer, "correct": right[answer["line"]]}
    if mark is not None:
        before = {name: report["mark"][name] for name in ("earned", "pending", "lost")}
        found["mark"] = {**mark, "automatic": before}
    return found


def outdated(report: Mapping[str, Any], rulings: Sequence[Ruling]) -> bool:
    """Whether a report was made with other words of the teacher's on its lines than there are now."""
    now = by_line(rulings)
    bare = ({name: said for name, said in step.items() if name != "ruling"} for step in report["steps"])
    return any(
        step.get("ruling") != settled_step(plain, now).get("ruling")
        for step, plain in zip(report["steps"], bare, strict=True)
    )


def hits(report: Mapping[str, Any], rulings: Mapping[str, Ruling]) -> bool:
    """Whether there is a ruling on a line of the report."""
    return any(same_line(step["text"]) in rulings for step in report["steps"])


def mark_json(report: Report, problem: Problem, right: Mapping[str, bool]) -> dict[str, Any] | None:
    """The mark with these rulings, as the machine interface has it; None where none is on a line of the work.

    right: by `same_line`.
    """
    mark = mark_as_ruled(report, problem, lambda text: right.get(same_line(text)))
    if mark is None:
        return None
    found: dict[str, Any] = to_json(replace(report, mark=mark))["mark"]
    return found
