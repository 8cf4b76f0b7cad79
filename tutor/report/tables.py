"""Tables for a spreadsheet or a program: marks, rows that were not marked, lines for a person, Parquet, Gradescope."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from tutor.errors import AuthorError
from tutor.records import Verdict
from tutor.report.summary import (
    Cell,
    ClassSummary,
    Stored,
    losses_in_words,
    mark_of,
    number,
    reason_of,
    remarks_of,
    student_of,
)
from tutor.report.words import VERDICTS


def cell(text: str) -> str:
    """Text that a spreadsheet will not run as a formula.

    >>> cell("=HYPERLINK(1)"), cell("x = 2")
    ("'=HYPERLINK(1)", 'x = 2')
    """
    return f"'{text}" if text.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _write(path: Path, rows: Iterable[Iterable[str]]) -> None:
    # The mark at the front tells spreadsheets that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def write_marks(path: Path, summary: ClassSummary) -> None:
    """Students down, problems across.

    An empty cell: nothing was handed in, or it could not be marked (then `unmarked` names the problem). `pending` are
    marks that wait for a person. `lost` has a line for each lost mark, `by_hand` one for each mark that a person gave,
    with the program's own beside it.
    """
    problems = list(summary.problems)

    def rows() -> Iterator[list[str]]:
        yield ["student", *map(cell, problems), "total", "pending", "available", "unmarked", "lost", "by_hand"]
        for student, cells in summary.marks.items():
            marked = [c for c in cells.values() if c.status == "graded"]
            yield [
                cell(student),
                *(number(cells[p].earned) if p in cells and cells[p].status == "graded" else "" for p in problems),
                number(sum((c.earned for c in marked), Fraction(0))),
                number(sum((c.pending for c in cells.values()), Fraction(0))),
                number(sum((c.available for c in cells.values()), Fraction(0))),
                cell(" ".join(p for p, c in cells.items() if c.status != "graded")),
                cell("\n".join(f"{p}, {said}" for p, c in cells.items() for said in c.lost)),
                cell("\n".join(by_hand(p, c) for p, c in cells.items() if c.automatic is not None)),
            ]

    _write(path, rows())


def by_hand(problem: str, cell_: Cell) -> str:
    """A mark that a person gave, with the program's and the reason."""
    why = f": {cell_.why}" if cell_.why else ""
    return f"{problem}, {number(cell_.earned)} where the program gives {number(cell_.automatic or Fraction(0))}{why}"


def write_errors(path: Path, summary: ClassSummary) -> None:
    """The rows that could not be marked, each with why."""
    heads = ["id", "student", "problem", "status", "where", "message"]
    _write(path, [heads, *([cell(row[h]) for h in heads] for row in summary.not_marked)])


def write_review(path: Path, summary: ClassSummary) -> None:
    """The lines that a person has to look at: neither proved nor refuted, or not readable."""
    rows = [
        [cell(x.row), cell(x.student), cell(x.problem), "" if x.line is None else str(x.line + 1), cell(x.text),
         x.verdict, cell(x.reason)]
        for x in summary.looks
    ]  # fmt: skip
    _write(path, [["id", "student", "problem", "line", "text", "verdict", "reason"], *rows])


# ---------------------------------------------------------------- for programs


def _flat(report: Stored) -> dict[str, Any]:
    mark, answer = report["mark"], report["answer"]
    earned, pending, available = mark_of(report)
    verdicts = [s["verdict"] for s in report["steps"]]
    return {
        "id": report["id"],
        "student": student_of(report),
        "problem": report.get("problem"),
        "status": report["status"],
        "earned": float(earned),
        "pending": float(pending),
        "available": float(available),
        "automatic": float(Fraction(mark["earned"])),
        "lost": "\n".join(losses_in_words(report)),
        "first_wrong": report["first_wrong"],
        "answer": None if answer is None else answer["text"],
        "answer_correct": None if answer is None else answer["correct"],
        **{verdict.value: verdicts.count(verdict.value) for verdict in Verdict},
        "message": report.get("message", ""),
        "report": json.dumps(report, ensure_ascii=False, separators=(",", ":")),
    }


def write_parquet(path: Path, reports: Iterable[Stored]) -> None:
    """One row a submission: its marks and counts as columns, the whole report as JSON beside them."""
    import pyarrow
    import pyarrow.parquet

    text, whole, share = pyarrow.string(), pyarrow.int32(), pyarrow.float64()
    schema = pyarrow.schema(
        [
            *((name, text) for name in ("id", "student", "problem", "status")),
            *((name, share) for name in ("earned", "pending", "available", "automatic")),
            ("lost", text),
            ("first_wrong", whole),
            ("answer", text),
            ("answer_correct", pyarrow.bool_()),
            *((verdict.value, whole) for verdict in Verdict),
            ("message", text),
            ("report", text),
        ]
    )
    source = iter(reports)
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        while batch := list(itertools.islice(source, 1000)):
            writer.write_table(pyarrow.Table.from_pylist([_flat(r) for r in batch], schema))


def gradescope(reports: Iterable[Stored]) -> dict[str, Any]:
    """Gradescope's results.json for one student: a test for each line of work.

    Raises:
        AuthorError: the reports are of several students.
    """
    found = list(reports)
    students = {student_of(r) for r in found}
    if len(students) > 1:
        raise AuthorError(
            f"results.json is one student's (these are {len(students)}); Gradescope runs the program once a submission"
        )
    tests = [test for report in found for test in _tests(report)]
    pending = any(mark_of(r)[1] for r in found)
    note = " Some marks wait for a person." if pending else ""
    return {
        "score": float(sum(mark_of(r)[0] for r in found)),
        "output": f"{len(tests)} lines were checked.{note}",
        "visibility": "visible",
        "tests": tests,
        "extra_data": {"version": found[0]["version"] if found else ""},
    }


def _tests(report: Stored) -> Iterator[dict[str, Any]]:
    problem = report.get("problem") or ""
    if report["status"] != "graded" and not report["steps"]:
        yield {"name": problem or report["id"], "status": "failed", "output": report.get("message", "")}
    for step in report["steps"]:
        verdict = Verdict(step["verdict"])
        test: dict[str, Any] = {
            "number": f"{problem}.{step['line'] + 1}" if problem else str(step["line"] + 1),
            "name": step["text"].strip() or "(blank)",
            "output": " ".join([f"{VERDICTS[verdict][1]}: {reason_of(step)}", *remarks_of(step)]),
            "visibility": "visible",
        }
        # A line that nobody could decide is neither passed nor failed.
        if verdict in (Verdict.CORRECT, Verdict.FOLLOW_THROUGH):
            test["status"] = "passed"
        elif verdict is Verdict.WRONG:
            test["status"] = "failed"
        yield test


def write_gradescope(path: Path, reports: Iterable[Stored]) -> None:
    """`results.json`, where Gradescope looks for it."""
    path.write_text(json.dumps(gradescope(reports), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
