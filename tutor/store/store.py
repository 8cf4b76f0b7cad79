"""`Store`: one database, and the doors to what is in it.

Nothing is reached but through a door that knows who asks: `of_teacher` leads to that teacher's classes, `of_student` to
that student's own place, and each call looks up the right again. `checking` and `upkeep` are for the program itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import URL, Engine, text
from sqlalchemy.orm import Session

from tutor.store.checking import Checking
from tutor.store.desk import TeacherDesk
from tutor.store.door import Door
from tutor.store.engine import (
    BUSY_S,
    WRITES,
    checked_url,
    file_of,
    in_words,
    make_engine,
    make_file,
    shown,
    usual_url,
)
from tutor.store.errors import StoreError
from tutor.store.place import Place
from tutor.store.schema import require_newest, revision, upgrade
from tutor.store.sessions import Sessions
from tutor.store.teachers import Teachers
from tutor.store.upkeep import Upkeep

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """An open database; threads may share it."""

    def __init__(self, engine: Engine, url: URL, clock: Clock = _now) -> None:
        self.url = url
        self.name = shown(url)
        self.now = clock
        self.engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self._reader = engine
        self._turn: AbstractContextManager[object] = nullcontext()
        if engine.dialect.name == "sqlite":
            # Waiting for SQLite's own lock is polling, in which some of forty threads wait for seconds.
            self._turn = threading.Lock()
        else:
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees the database as it is at its first look."""
        with in_words(self.url), Session(self._reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction whose writes are stored all together when it ends, or not at all."""
        with in_words(self.url), self._turn, Session(self._writer) as session, session.begin():
            yield session

    def lock(self, session: Session, key: int) -> None:
        """Let one transaction at a time past this place; SQLite's writers take turns anyway."""
        if self.engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})

    @cached_property
    def teachers(self) -> Teachers:
        """The accounts, and signing in to them."""
        return Teachers(self)

    @cached_property
    def door(self) -> Door:
        """Where students come in."""
        return Door(self)

    @cached_property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        return Sessions(self)

    @cached_property
    def checking(self) -> Checking:
        """Work that waits, and where reports go."""
        return Checking(self)

    @cached_property
    def upkeep(self) -> Upkeep:
        """Backup, checks, and the clean-up that retention asks for."""
        return Upkeep(self)

    def of_teacher(self, teacher_id: int, token: str = "") -> TeacherDesk:
        """What that teacher may see and do. token: of the session that must last, else all calls raise SignedOut."""
        return TeacherDesk(self, teacher_id, token)

    def of_student(self, student_id: int, token: str = "") -> Place:
        """What that student may see and do. token: as with a teacher."""
        return Place(self, student_id, token)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def open_store(url: str = "", *, create: bool = True, clock: Clock = _now, busy_s: float = BUSY_S) -> Store:
    """The store of that URL, of `$TUTOR_STORE`, or `sqlite:///tutor.db`; an empty one gets its tables.

    create: make a SQLite file that is not there. busy_s: how long a call waits for another program that is writing.

    Raises:
        StoreError: no such kind of database, or it cannot be opened.
        OlderStore, NewerStore: it belongs to another version of the program.
        StoreBusy: another program keeps it locked.
    """
    where = checked_url(url or usual_url())
    file = file_of(where)
    if file is not None:
        if not create and not file.exists():
            raise StoreError(f"there is no database {shown(where)}; make it with: tutor db upgrade")
        make_file(file)
    engine = make_engine(where, busy_s)
    try:
        with in_words(where):
            with engine.connect() as connection:
                empty = revision(connection) is None
            if empty:
                upgrade(engine, shown(where))
            with engine.connect() as connection:
                require_newest(connection, shown(where))
    except StoreError:
        engine.dispose()
        raise
    return Store(engine, where, clock)


def copy_before_upgrade(url: str = "") -> Path | None:
    """Copy a SQLite file beside itself, under its name with its revision; None where that copy is there already.

    Raises:
        StoreError: as `open_store`, save for an older database.
    """
    where = checked_url(url or usual_url())
    file = file_of(where)
    if file is None:
        return None
    engine = make_engine(where)
    try:
        with in_words(where), engine.connect() as connection:
            there = revision(connection)
        if there is None:
            return None
        copy = file.with_name(f"{file.name}.{there}")
        if copy.exists():
            return None
        Store(engine, where).upkeep.backup(copy)
        return copy
    finally:
        engine.dispose()


def upgrade_store(url: str = "", *, busy_s: float = BUSY_S) -> tuple[str | None, str]:
    """Bring the database up to date; its revisions before (None for an empty one) and after.

    Raises:
        StoreError: as `open_store`, save that an older one is what this is for.
    """
    where = checked_url(url or usual_url())
    file = file_of(where)
    if file is not None:
        make_file(file)
    engine = make_engine(where, busy_s)
    try:
        with in_words(where):
            return upgrade(engine, shown(where))
    finally:
        engine.dispose()
