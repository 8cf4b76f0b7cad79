"""What a teacher takes away of an upload: the files that `tutor grade` writes, made from the stored reports."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tutor import __version__
from tutor.batch.outcome import described
from tutor.problems import ProblemSet
from tutor.report.gradebooks import Entry, Filled, entries, fill, moodle_table, write_gradescope_archive
from tutor.report.page import ONE_FILE, About, write_html
from tutor.report.summary import ClassSummary
from tutor.report.tables import write_errors, write_marks, write_review
from tutor.store.batches import Batches
from tutor.store.records import Batch


class Kind(StrEnum):
    """Of a file to take away, as it is called."""

    MARKS = "marks.csv"
    REPORT = "report.html"
    REVIEW = "review.csv"
    ERRORS = "errors.csv"
    RESULTS = "results.jsonl"
    GRADESCOPE = "gradescope.zip"
    MOODLE = "moodle.csv"


TABLES = {Kind.MARKS: write_marks, Kind.REVIEW: write_review, Kind.ERRORS: write_errors}


@dataclass(frozen=True)
class Reports:
    """The reports of an upload so far, in the order of the file, never all of them at once."""

    batches: Batches
    batch_id: int

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each report once."""
        for _, report in self.placed():
            yield report

    def placed(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each report with the number of its row."""
        for row in self.batches.rows(self.batch_id):
            if row.report is not None:
                yield row.number, dict(row.report)

    def at(self, place: int) -> dict[str, Any]:
        """The report of a row."""
        return dict(self.batches.row(self.batch_id, place).report or {})


class Results:
    """What there is of an upload; of a class, so that nobody else's can be reached."""

    def __init__(self, batches: Batches, batch: Batch, problem_set: ProblemSet | None) -> None:
        self._batches = batches
        self._batch = batch
        self._set = problem_set
        self.reports = Reports(batches, batch.id)

    def summary(self) -> ClassSummary:
        """What the reports say together."""
        return ClassSummary.of(self.reports, () if self._set is None else self._set.problems)

    def entries(self) -> list[Entry]:
        """An entry of a gradebook for each student."""
        return entries(self.reports, () if self._set is None else self._set.problems)

    def fill(self, export: bytes, column: str, *, with_pending: bool = False) -> Filled:
        """The teacher's export with one column filled; raises AuthorError."""
        return fill(export, column, self.entries(), with_pending=with_pending)

    def taken(self, filled: Filled) -> bytes:
        """The filled export; that it was taken is noted."""
        self._batches.note_download(self._batch.id, "gradebook")
        return filled.data

    def name_of(self, kind: Kind) -> str:
        """What the file is called; the report of a large class is many files, in an archive."""
        return "report.zip" if kind is Kind.REPORT and self._batch.rows >= ONE_FILE else kind.value

    def file(self, kind: Kind) -> bytes:
        """The file; that it was taken is noted."""
        self._batches.note_download(self._batch.id, kind.value)
        match kind:
            case Kind.MARKS | Kind.REVIEW | Kind.ERRORS:
                with tempfile.TemporaryDirectory(prefix="tutor-") as folder:
                    path = Path(folder) / kind.value
                    TABLES[kind](path, self.summary())
                    return path.read_bytes()
            case Kind.RESULTS:
                lines = (json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n" for r in self.reports)
                return "".join(lines).encode("utf-8", "replace")
            case Kind.GRADESCOPE:
                archive = io.BytesIO()
                write_gradescope_archive(archive, self.reports)
                return archive.getvalue()
            case Kind.MOODLE:
                return moodle_table(self.entries(), self._batch.title)
            case Kind.REPORT:
                return self._report()

    def _report(self) -> bytes:
        problems = {} if self._set is None else described(self._set.problems)
        made = f"Program {__version__}, problem set {self._set.sha256[:24]}." if self._set is not None else ""
        with tempfile.TemporaryDirectory(prefix="tutor-") as folder:
            path = Path(folder) / Kind.REPORT.value
            written = write_html(path, self.reports, self.summary(), About(self._batch.title, problems, made))
            if self.name_of(Kind.REPORT) == Kind.REPORT.value and len(written) == 1:
                return path.read_bytes()
            found = io.BytesIO()
            with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
                for one in written:
                    archive.write(one, one.relative_to(folder))
            return found.getvalue()
