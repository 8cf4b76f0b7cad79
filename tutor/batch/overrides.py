"""Marks that a person gave, kept beside the program's: a table with id (or student and problem), mark, why, by.

They are stored beside the results, where every later run finds them again, so that nothing is lost when a class is
marked anew; the results themselves hold what the program found and do not change.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from tutor.batch.decode import encoding_of
from tutor.batch.rows import near, plain_name
from tutor.errors import AuthorError
from tutor.records import Override

COLUMNS = ("id", "student", "problem", "mark", "why", "by", "automatic")
ALSO = {
    "submission": "id",
    "submission_id": "id",
    "row_id": "id",
    "name": "student",
    "problem_id": "problem",
    "question": "problem",
    "marks": "mark",
    "earned": "mark",
    "override": "mark",
    "score": "mark",
    "points": "mark",
    "reason": "why",
    "comment": "why",
    "note": "why",
    "teacher": "by",
    "marker": "by",
}
MAX_FILE = 20_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: whose mark it is, and the mark. where: for messages."""

    id: str
    student: str
    problem: str
    override: Override
    where: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What the row is about."""
        return (self.id, "", "") if self.id else ("", self.student, plain_name(self.problem))


@dataclass
class Overrides:
    """The marks that people gave, by submission."""

    entries: dict[tuple[str, str, str], Entry] = field(default_factory=dict)
    used: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take these in; a later row about the same submission takes an earlier one's place."""
        for entry in entries:
            before = self.entries.pop(entry.key, None)
            kept = before.override.automatic if before is not None else None
            if kept is not None and entry.override.automatic is None and before is not None:
                same = (before.override.earned, before.override.why) == (entry.override.earned, entry.override.why)
                entry = replace(entry, override=replace(entry.override, automatic=kept)) if same else entry
            self.entries[entry.key] = entry

    def of(self, report: Mapping[str, Any]) -> Override | None:
        """The mark given by hand for a stored report, with the program's mark of the time it was first seen.

        Raises:
            AuthorError: it is more than there is to earn.
        """
        student = str(report.get("student") or report["id"])
        found = None
        for key in ((str(report["id"]), "", ""), ("", student, plain_name(str(report.get("problem") or "")))):
            if key in self.entries:
                self.used.add(key)
                found = found or key
        if found is None:
            return None
        entry = self.entries[found]
        available = Fraction(report["mark"]["available"])
        if entry.override.earned > available:
            raise AuthorError(f"{entry.where}: {entry.override.earned} marks, where there are {available} for it")
        if entry.override.automatic is None:
            now = replace(entry.override, automatic=Fraction(report["mark"]["earned"]))
            self.entries[found] = replace(entry, override=now)
        return self.entries[found].override

    def unused(self) -> list[Entry]:
        """Rows that belong to no submission that was met."""
        return [entry for key, entry in self.entries.items() if key not in self.used]

    def write(self, path: Path) -> None:
        """Store them as a table that reads back the same."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for entry in self.entries.values():
            o = entry.override
            automatic = "" if o.automatic is None else str(o.automatic)
            cells = (entry.id, entry.student, entry.problem, str(o.earned), o.why, o.by, automatic)
            writer.writerow(map(_guarded, cells))
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".draft")
        draft.write_text(text.getvalue(), encoding="utf-8-sig")
        draft.replace(path)


def _guarded(text: str) -> str:
    """Text that a spreadsheet will not run as a formula; `_plain` undoes it."""
    return f"'{text}" if text.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _plain(text: str) -> str:
    text = text.strip()
    return text[1:] if text[:1] == "'" and text[1:].lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def read_overrides(path: Path) -> Iterator[Entry]:
    """The rows of a table of marks given by hand, comma, semicolon or tab.

    Raises:
        AuthorError: no such file, no column for the mark, or a row that says no mark or not whose it is.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise AuthorError(f"{path} has {path.stat().st_size} bytes; a table of overrides has at most {MAX_FILE}")
        data = path.read_bytes()
    except OSError as error:
        raise AuthorError(f"{path} cannot be opened: {error.strerror}") from None
    text = data.decode(encoding_of(data), errors="replace").removeprefix("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    heads = [h.strip().casefold().replace(" ", "_") for h in next(reader, [])]
    columns = _columns(heads, path)
    line = reader.line_num
    for cells in reader:
        where, line = f"{path} line {line + 1}", reader.line_num
        row = {name: _plain(cells[at]) for name, at in columns.items() if at < len(cells)}
        if any(row.values()) and row.get("mark"):  # a mark left empty leaves the program's
            yield _entry(row, where)


def _columns(heads: list[str], path: Path) -> dict[str, int]:
    columns = {name: n for n, name in reversed(list(enumerate(heads))) if name in COLUMNS}
    for n, head in enumerate(heads):
        if ALSO.get(head, head) in COLUMNS:
            columns.setdefault(ALSO.get(head, head), n)
    if "mark" not in columns:
        there = ", ".join(filter(None, heads)) or "none"
        raise AuthorError(
            f'{path} has no column "mark" (the columns are: {there}).\n'
            "A table of overrides has the columns id (or student and problem), mark, why; by may be added."
        )
    if "id" not in columns and not {"student", "problem"} <= columns.keys():
        raise AuthorError(f"{path} does not say whose marks these are: it needs a column id, or student and problem")
    return columns


def _entry(row: Mapping[str, str], where: str) -> Entry:
    if not row.get("id") and not (row.get("student") and row.get("problem")):
        raise AuthorError(f"{where}: the row names no submission; write its id, or student and problem")
    marks: dict[str, Fraction | None] = {}
    for name in ("mark", "automatic"):
        written = row.get(name, "").replace(",", ".")
        try:
            marks[name] = Fraction(written) if written and len(written) < 40 and "e" not in written.lower() else None
        except (ValueError, ZeroDivisionError):
            marks[name] = None
    if marks["mark"] is None or marks["mark"] < 0:
        raise AuthorError(f'{where}: mark "{row["mark"]}" is no number of marks, such as 2, 0.5 or 1/2')
    override = Override(marks["mark"], row.get("why", ""), row.get("by", ""), marks["automatic"])
    return Entry(row.get("id", ""), row.get("student", ""), row.get("problem", ""), override, where)


def strangers(overrides: Overrides, ids: Iterable[str], students: Iterable[str]) -> list[str]:
    """A sentence for each row that belongs to no submission, with what may have been meant."""
    known_ids, known_students = list(ids), list(students)
    said = []
    for entry in overrides.unused():
        if entry.id:
            said.append(f'{entry.where}: there is no submission "{entry.id}"; {near(entry.id, known_ids)}')
        else:
            hint = near(entry.student, known_students) if entry.student not in known_students else "of this problem"
            said.append(f'{entry.where}: {entry.student} handed nothing in for "{entry.problem}"; {hint}')
    return said
