"""Looking after a store: hot backups, a check of its health, and the clean-up that retention asks for."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import ColumnElement, CursorResult, delete, func, select, text
from sqlalchemy.orm import Session

from tutor.store.engine import file_of, in_words
from tutor.store.errors import StoreError
from tutor.store.events import note
from tutor.store.privacy import delete_student
from tutor.store.records import Purged
from tutor.store.schema import differences, newest
from tutor.store.tables import (
    AttemptRow,
    Base,
    ClassRow,
    DraftRow,
    EventRow,
    SessionRow,
    StudentRow,
    TryRow,
    UploadRow,
)
from tutor.store.throttle import WINDOW

if TYPE_CHECKING:
    from tutor.store.store import Store

EVENTS_FOR: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Health:
    """What `check` found. faults: one sentence each, none where all is well. counts: rows by table."""

    name: str
    revision: str
    faults: tuple[str, ...]
    counts: dict[str, int]


class Upkeep:
    """The upkeep of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def backup(self, target: Path, *, force: bool = False) -> int:
        """Copy the database while it is in use, whole or not at all; the size of the copy in bytes.

        The copy is one file that only its owner may read. For PostgreSQL there is pg_dump.

        Raises:
            StoreError: it is no SQLite database, the target exists, or it cannot be written.
        """
        source = file_of(self._store.url)
        if source is None:
            raise StoreError(f"{self._store.name} is no SQLite file; back it up with pg_dump")
        if target.exists() and (not force or target.samefile(source)):
            raise StoreError(f"{target} exists; choose another name" + ("" if force else ", or --force replaces it"))
        draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
        try:
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise StoreError(f"{target} cannot be written: {error.strerror}") from None
        try:
            with in_words(self._store.url), self._store.engine.connect() as connection:
                # VACUUM runs in no transaction; the raw connection has none of its own.
                raw = connection.connection.dbapi_connection
                assert isinstance(raw, sqlite3.Connection)
                try:
                    raw.execute("VACUUM INTO ?", (str(draft),))
                except sqlite3.Error as error:
                    raise StoreError(f"{target} cannot be written: {error}") from None
            with draft.open("rb") as copy:
                os.fsync(copy.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return target.stat().st_size

    def reach(self) -> None:
        """Ask the database for nothing; raises StoreError where it does not answer."""
        with self._store.reading() as session:
            session.execute(text("SELECT 1"))

    def check(self) -> Health:
        """Whether the database is whole, is as the program's tables have it, and refers to nothing that is gone."""
        faults: list[str] = []
        with in_words(self._store.url), self._store.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
                faults += [] if found == ["ok"] else found
                for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
                    faults.append(f"row {row} of table {table} refers to a row of {parent} that is not there")
            faults += differences(connection)
            counts = {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }
        return Health(self._store.name, newest(), tuple(faults), counts)

    def purge(self) -> Purged:
        """Delete what is older than each class keeps it, sessions that are over, and old events.

        A student goes who has done nothing for that long; of the others, old work does. Run it once a day.
        """
        now = self._store.now()
        done = Purged()
        with self._store.reading() as session:
            classes = session.execute(select(ClassRow.id, ClassRow.retention_days)).all()
        for class_id, days in classes:
            if days is not None:
                done = self._purge_class(class_id, timedelta(days=days), done)
        with self._store.writing() as session:
            session.execute(delete(TryRow).where(TryRow.at <= now - WINDOW))
            sessions = _deleted(session, SessionRow, SessionRow.ends_at <= now)
            events = _deleted(session, EventRow, EventRow.at <= now - EVENTS_FOR)
        self.overwrite()
        return replace(done, sessions=sessions, events=events)

    def _purge_class(self, class_id: int, kept: timedelta, done: Purged) -> Purged:
        now = self._store.now()
        before = now - kept
        with self._store.writing() as session:
            gone = session.scalars(
                select(StudentRow).where(StudentRow.class_id == class_id, StudentRow.seen_at <= before)
            ).all()
            attempts = 0
            for student in gone:
                mine = select(func.count()).select_from(AttemptRow).where(AttemptRow.student_id == student.id)
                attempts += session.scalar(mine) or 0
                delete_student(session, student)
            old = (AttemptRow.class_id == class_id) & (AttemptRow.handed_in_at <= before)
            attempts += _deleted(session, AttemptRow, old)
            _deleted(session, DraftRow, (DraftRow.class_id == class_id) & (DraftRow.at <= before))
            batches = _deleted(session, UploadRow, (UploadRow.class_id == class_id) & (UploadRow.created_at <= before))
            if gone or attempts or batches:
                detail = f"{len(gone)} students, {attempts} works, {batches} uploads"
                note(session, now, "retention", "purged", class_id=class_id, detail=detail)
        return replace(
            done,
            students=done.students + len(gone),
            attempts=done.attempts + attempts,
            batches=done.batches + batches,
        )

    def overwrite(self) -> None:
        """Empty SQLite's log, in which deleted text may still stand; a reader that needs it puts that off."""
        if file_of(self._store.url) is None:
            return
        with self._store.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert isinstance(raw, sqlite3.Connection)
            usual = raw.execute("PRAGMA busy_timeout").fetchone()[0]
            raw.execute("PRAGMA busy_timeout = 500")  # nobody waits long for what the next checkpoint does as well
            try:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except sqlite3.OperationalError:
                return
            finally:
                raw.execute(f"PRAGMA busy_timeout = {int(usual)}")


def _deleted(session: Session, table: type[Base], which: ColumnElement[bool]) -> int:
    return cast("CursorResult[Any]", session.execute(delete(table).where(which))).rowcount
