"""Uploads of submissions, for the teacher: rows that are marked in the background and survive any interruption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tutor.store.checking import batch_row_of
from tutor.store.errors import BadInput, Missing
from tutor.store.records import Batch, BatchRow, BatchState
from tutor.store.scope import Scope
from tutor.store.tables import SubmissionRow, UploadRow
from tutor.store.texts import MAX_TITLE, name_of, storable

MAX_ROWS: Final = 200_000
MAX_WORK: Final = 2_000_000  # as for `tutor grade`
_PAGE: Final = 500


class Batches:
    """The uploads of one class."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, title: str, file_name: str, rows: Iterable[BatchRow], version_id: int | None = None) -> Batch:
        """Store an upload, all or nothing; from then on it waits to be marked. The rows' numbers are given anew.

        version_id: the problem set that it answers, None where rows carry statements.

        Raises:
            BadInput: there are no rows, too many, or one is too long.
            Missing: no such version in this class.
        """
        title = name_of(title or file_name, "title", MAX_TITLE)
        values = [_values(self._scope.class_id, number, row) for number, row in enumerate(rows)]
        if not 1 <= len(values) <= MAX_ROWS:
            raise BadInput(f"The file has {len(values)} rows; an upload has 1 to {MAX_ROWS}.")
        with self._scope.writing() as session:
            if version_id is not None:
                self._scope.version(session, version_id)
            upload = UploadRow(
                class_id=self._scope.class_id,
                version_id=version_id,
                title=title,
                file_name=name_of(file_name or title, "file name", MAX_TITLE),
                state=BatchState.WAITING.value,
                created_at=self._scope.now(),
            )
            session.add(upload)
            session.flush()
            session.execute(insert(SubmissionRow), [{**row, "batch_id": upload.id} for row in values])
            self._scope.note(session, "batch uploaded", detail=f"batch {upload.id}, {len(values)} rows")
            return _batch(session, upload)

    def all(self) -> list[Batch]:
        """All uploads, newest first."""
        with self._scope.reading() as session:
            found = select(UploadRow).where(UploadRow.class_id == self._scope.class_id).order_by(UploadRow.id.desc())
            return [_batch(session, row) for row in session.scalars(found)]

    def get(self, batch_id: int) -> Batch:
        """One upload with its progress; raises Missing."""
        with self._scope.reading() as session:
            return _batch(session, self._upload(session, batch_id))

    def rows(self, batch_id: int) -> Iterator[BatchRow]:
        """Its rows with the reports so far, in the order of the file, read a page at a time; raises Missing."""
        after = -1
        while True:
            with self._scope.reading() as session:
                self._upload(session, batch_id)
                found = (
                    select(SubmissionRow)
                    .where(SubmissionRow.batch_id == batch_id, SubmissionRow.number > after)
                    .order_by(SubmissionRow.number)
                    .limit(_PAGE)
                )
                page = [batch_row_of(row) for row in session.scalars(found)]
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].number

    def row(self, batch_id: int, number: int) -> BatchRow:
        """One of its rows; raises Missing."""
        with self._scope.reading() as session:
            self._upload(session, batch_id)
            found = session.get(SubmissionRow, (batch_id, number))
            if found is None:
                raise Missing("There is no such row in this upload.")
            return batch_row_of(found)

    def note_download(self, batch_id: int, what: str) -> None:
        """Note that results were taken out, as `marks.csv` or another file; raises Missing."""
        with self._scope.writing() as session:
            self._upload(session, batch_id)
            self._scope.note(session, "batch exported", detail=f"batch {batch_id}: {what[:MAX_TITLE]}")

    def stop(self, batch_id: int) -> Batch:
        """Mark no further rows; what is marked stays. Raises Missing."""
        with self._scope.writing() as session:
            row = self._upload(session, batch_id)
            if row.state != BatchState.DONE:
                row.state = BatchState.STOPPED.value
            return _batch(session, row)

    def resume(self, batch_id: int) -> Batch:
        """Go on where it was stopped; raises Missing."""
        with self._scope.writing() as session:
            row = self._upload(session, batch_id)
            if row.state == BatchState.STOPPED:
                row.state, row.runner, row.leased_until = BatchState.WAITING.value, None, None
            return _batch(session, row)

    def delete(self, batch_id: int) -> None:
        """An upload with its reports, for good; raises Missing."""
        with self._scope.writing() as session:
            session.delete(self._upload(session, batch_id))
            self._scope.note(session, "batch deleted", detail=f"batch {batch_id}")
        self._scope.store.upkeep.overwrite()

    def _upload(self, session: Session, batch_id: int) -> UploadRow:
        row = session.get(UploadRow, batch_id)
        if row is None or row.class_id != self._scope.class_id:
            raise Missing("There is no such upload in this class.")
        return row


def _values(class_id: int, number: int, row: BatchRow) -> dict[str, object]:
    if len(row.work) > MAX_WORK:
        raise BadInput(f"Row {number + 1} has {len(row.work)} characters of work; at most {MAX_WORK} can be taken.")
    return {
        "class_id": class_id,
        "number": number,
        "row_id": storable(row.row_id),
        "student": storable(row.student),
        "problem": storable(row.problem),
        "work": storable(row.work),
        "extra": dict(row.extra),
        "report": None if row.report is None else dict(row.report),
    }


def _batch(session: Session, row: UploadRow) -> Batch:
    rows, done = session.execute(
        select(func.count(), func.count(SubmissionRow.report)).where(SubmissionRow.batch_id == row.id)
    ).one()
    return Batch(
        row.id,
        row.class_id,
        row.version_id,
        row.title,
        row.file_name,
        BatchState(row.state),
        rows,
        done,
        row.created_at,
        row.finished_at,
    )
