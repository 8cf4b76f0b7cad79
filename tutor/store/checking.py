"""What the checking side sees: work that waits for its report, and uploads that wait to be marked.

For the program, not for pages: it is bound to no class. Work stands here from the moment it is accepted until its
report is stored, so a process that is killed has lost nothing: the next one finds the same work waiting.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Text, exists, func, or_, select, type_coerce, update
from sqlalchemy.orm import Session

from tutor.store.errors import Missing, StoreError
from tutor.store.records import Attempt, BatchRow, BatchState, Checked, Ruling, SetContent
from tutor.store.reports import add_report, in_pieces, last_reports
from tutor.store.rows import attempt_of, checked_of, ruling_of
from tutor.store.tables import AttemptRow, LineRow, ReportRow, RulingRow, SubmissionRow, UploadRow, VersionRow

if TYPE_CHECKING:
    from tutor.store.store import Store

LEASE: Final = timedelta(minutes=2)


class Checking:
    """Work that waits in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ---------------------------------------------------------------- attempts

    def waiting(self, limit: int = 1_000) -> list[Attempt]:
        """Attempts without a report, oldest first; the database shows them to every process that asks."""
        with self._store.reading() as session:
            found = select(AttemptRow).where(~exists().where(ReportRow.attempt_id == AttemptRow.id))
            return [attempt_of(row) for row in session.scalars(found.order_by(AttemptRow.id).limit(limit))]

    def content(self, version_id: int) -> SetContent:
        """The problem set that an attempt is about; raises Missing once it is deleted."""
        with self._store.reading() as session:
            row = session.get(VersionRow, version_id)
            if row is None:
                raise Missing("This problem set was deleted.")
            return SetContent(row.source_name, row.source, row.yaml)

    def rulings(self, version_id: int, problem_id: str) -> list[Ruling]:
        """The teacher's words on lines of a problem, for whoever checks work on it; none once the set is deleted."""
        with self._store.reading() as session:
            found = (
                select(RulingRow)
                .join(VersionRow, VersionRow.set_id == RulingRow.set_id)
                .where(VersionRow.id == version_id, RulingRow.problem_id == problem_id)
            )
            return [ruling_of(row) for row in session.scalars(found.order_by(RulingRow.at, RulingRow.id))]

    def report(
        self, attempt_id: int, report: Mapping[str, Any], *, engine: str, seconds: float, again: bool = False
    ) -> Checked:
        """Store the report on an attempt. Where it has one, that one is kept and returned, unless it is marked again.

        Raises:
            Missing: the attempt, or its student, was deleted meanwhile.
            StoreError: it is no report.
        """
        with self._store.writing() as session:
            attempt = session.get(AttemptRow, attempt_id, with_for_update=True)
            if attempt is None:
                raise Missing("This work was deleted.")
            if not again:
                there = session.scalar(
                    select(ReportRow).where(ReportRow.attempt_id == attempt_id).order_by(ReportRow.id.desc()).limit(1)
                )
                if there is not None:
                    return checked_of(there)
            return checked_of(add_report(session, attempt, report, engine, seconds, self._store.now()))

    def with_case(self, set_id: int, problem_id: str, key: str) -> list[Attempt]:
        """The works on a problem in whose last report a line stands, oldest first. key: `case_key` of the line."""
        with self._store.reading() as session:
            last = select(func.max(ReportRow.id)).group_by(ReportRow.attempt_id)
            found = (
                select(AttemptRow)
                .join(ReportRow, ReportRow.attempt_id == AttemptRow.id)
                .join(LineRow, LineRow.report_id == ReportRow.id)
                .where(
                    AttemptRow.set_id == set_id,
                    AttemptRow.problem_id == problem_id,
                    LineRow.key == key,
                    ReportRow.id.in_(last),
                )
                .order_by(AttemptRow.id)
            )
            return [attempt_of(row) for row in session.scalars(found).unique()]

    def maybe_outdated(self) -> list[int]:
        """Works in whose last report a line stands that was ruled on, or whose last report bears a ruling."""
        with self._store.reading() as session:
            last = select(func.max(ReportRow.id)).group_by(ReportRow.attempt_id)
            ruled = (
                exists()
                .where(LineRow.report_id == ReportRow.id)
                .where(RulingRow.set_id == AttemptRow.set_id)
                .where(RulingRow.problem_id == AttemptRow.problem_id, RulingRow.key == LineRow.key)
            )
            bears = type_coerce(ReportRow.report, Text).contains('"ruling":')
            found = (
                select(AttemptRow.id)
                .join(ReportRow, ReportRow.attempt_id == AttemptRow.id)
                .where(ReportRow.id.in_(last), or_(ruled, bears))
            )
            return list(session.scalars(found.order_by(AttemptRow.id)))

    def attempt(self, attempt_id: int) -> Attempt:
        """A work with its last report; raises Missing once it is deleted."""
        with self._store.reading() as session:
            row = session.get(AttemptRow, attempt_id)
            if row is None:
                raise Missing("This work was deleted.")
            report = last_reports(session, [row.id]).get(row.id)
            return attempt_of(row, None if report is None else checked_of(report))

    # ---------------------------------------------------------------- uploads

    def batches_waiting(self) -> list[int]:
        """Uploads that nobody is marking, oldest first: new ones, and those whose process has died."""
        with self._store.reading() as session:
            found = select(UploadRow.id).where(_free(self._store.now())).order_by(UploadRow.id)
            return list(session.scalars(found))

    def take_batch(self, batch_id: int, runner: str, lease: timedelta = LEASE) -> bool:
        """Whether this process may mark an upload now; nobody else may until the lease runs out.

        runner: any name that no other process has. Each `store_rows` renews the lease.
        """
        now = self._store.now()
        with self._store.writing() as session:
            taken = session.execute(
                update(UploadRow)
                .where(UploadRow.id == batch_id, _free(now))
                .values(state=BatchState.RUNNING.value, runner=runner, leased_until=now + lease)
                .returning(UploadRow.id)
            )
            return taken.first() is not None

    def next_rows(self, batch_id: int, limit: int = 100, after: int = -1) -> list[BatchRow]:
        """The next rows without a report that come after a row number, in the order of the file."""
        with self._store.reading() as session:
            found = (
                select(SubmissionRow)
                .where(SubmissionRow.batch_id == batch_id, SubmissionRow.number > after, SubmissionRow.report.is_(None))
                .order_by(SubmissionRow.number)
                .limit(limit)
            )
            return [batch_row_of(row) for row in session.scalars(found)]

    def version_of(self, batch_id: int) -> int | None:
        """The problem set that an upload answers; raises Missing once it is deleted."""
        with self._store.reading() as session:
            upload = session.get(UploadRow, batch_id)
            if upload is None:
                raise Missing("This upload was deleted.")
            return upload.version_id

    def release_batch(self, batch_id: int, runner: str) -> None:
        """Let another process, or this one later, go on with an upload at once, where it is still this runner's."""
        with self._store.writing() as session:
            session.execute(
                update(UploadRow)
                .where(
                    UploadRow.id == batch_id,
                    UploadRow.runner == runner,
                    UploadRow.state == BatchState.RUNNING.value,
                )
                .values(state=BatchState.WAITING.value, runner=None, leased_until=None)
            )

    def store_rows(
        self, batch_id: int, runner: str, reports: Mapping[int, Mapping[str, Any]], lease: timedelta = LEASE
    ) -> BatchState:
        """Store reports by row number, all or none; the upload is done with its last one.

        The state that comes back tells whether to go on: only where it is RUNNING. A row that has a report keeps it.

        Raises:
            Missing: the upload was deleted.
            StoreError: the lease ran out and another process has taken the upload over.
        """
        now = self._store.now()
        with self._store.writing() as session:
            upload = session.get(UploadRow, batch_id, with_for_update=True)
            if upload is None:
                raise Missing("This upload was deleted.")
            if upload.runner != runner:
                raise StoreError(f"upload {batch_id} was taken over by another process")
            for numbers in in_pieces(sorted(reports)):
                rows = session.scalars(
                    select(SubmissionRow).where(
                        SubmissionRow.batch_id == batch_id,
                        SubmissionRow.number.in_(numbers),
                        SubmissionRow.report.is_(None),
                    )
                )
                for row in rows:
                    row.report = dict(reports[row.number])
            session.flush()
            if upload.state == BatchState.RUNNING:
                upload.leased_until = now + lease
            if not _left(session, batch_id) and upload.state != BatchState.DONE:
                upload.state, upload.finished_at = BatchState.DONE.value, now
            return BatchState(upload.state)


def _free(now: datetime) -> Any:
    return (UploadRow.state == BatchState.WAITING.value) | (
        (UploadRow.state == BatchState.RUNNING.value) & (UploadRow.leased_until <= now)
    )


def _left(session: Session, batch_id: int) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(SubmissionRow)
            .where(SubmissionRow.batch_id == batch_id, SubmissionRow.report.is_(None))
        )
        or 0
    )


def batch_row_of(row: SubmissionRow) -> BatchRow:
    """The row of an upload."""
    return BatchRow(row.number, row.row_id, row.student, row.problem, row.work, row.extra, row.report)
