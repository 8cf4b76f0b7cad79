"""A teacher's word on a line, put into the reports of every work in which the same line stands.

The evidence stays what it is: a ruling stands beside it, as a mark by hand stands beside the program's. Reports are
kept without rulings, so that one that is given or taken back counts at the next look.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tutor.marking.ruled import mark_as_ruled
from tutor.records import Problem, Report, Verdict
from tutor.report.machine import to_json

WRONG = frozenset({Verdict.WRONG.value})


@dataclass(frozen=True, slots=True)
class Ruling:
    """text: the line as a student wrote it. right: whether it holds. comment: for the student. by: who says so."""

    text: str
    right: bool
    comment: str = ""
    by: str = ""


def line_key(text: str) -> str:
    """The same for lines that differ in blanks, or in how a letter is encoded.

    >>> line_key(" 2x+3  = 7") == line_key("2x + 3 = 7"), line_key("X = 2") == line_key("x = 2")
    (True, False)
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def by_line(rulings: Sequence[Ruling]) -> dict[str, Ruling]:
    """The rulings by their lines; of two on the same line the later one."""
    return {line_key(ruling.text): ruling for ruling in rulings}


def settled_step(step: Mapping[str, Any], rulings: Mapping[str, Ruling]) -> dict[str, Any]:
    """The step with the ruling on its line under `ruling`, where there is one."""
    ruling = rulings.get(line_key(step["text"]))
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


def hits(report: Mapping[str, Any], rulings: Mapping[str, Ruling]) -> bool:
    """Whether there is a ruling on a line of the report."""
    return any(line_key(step["text"]) in rulings for step in report["steps"])


def mark_json(report: Report, problem: Problem, right: Mapping[str, bool]) -> dict[str, Any] | None:
    """The mark with these rulings, as the machine interface has it; None where none is on a line of the work.

    right: by `line_key`.
    """
    mark = mark_as_ruled(report, problem, lambda text: right.get(line_key(text)))
    if mark is None:
        return None
    found: dict[str, Any] = to_json(replace(report, mark=mark))["mark"]
    return found
