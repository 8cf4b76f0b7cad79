"""A database by its URL: SQLite set up so that nothing accepted is lost, or PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from tutor.store.errors import StoreBusy, StoreError

VARIABLE: Final = "TUTOR_STORE"
USUAL: Final = "sqlite:///tutor.db"
BUSY_S: Final = 10.0
WRITES: Final = "tutor_writes"  # the execution option of a transaction that will write
_EXAMPLES: Final = "sqlite:///tutor.db or postgresql://user@host/database"


def usual_url() -> str:
    """`$TUTOR_STORE`, or a file in the folder where the program runs."""
    return os.environ.get(VARIABLE, "").strip() or USUAL


def checked_url(given: str) -> URL:
    """The URL with its driver named.

    Raises:
        StoreError: it is no URL, or of a database that is not supported.
    """
    given = given.strip()
    if "://" not in given:
        raise StoreError(f"{given!r} is no database URL; write for instance {_EXAMPLES}")
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        scheme = given.partition("://")[0]
        raise StoreError(f"the database URL {scheme}://… cannot be read; write for instance {_EXAMPLES}") from None
    match url.drivername:
        case "sqlite" | "sqlite+pysqlite":
            if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
                raise StoreError(f"{given} names no file, and what is stored would be lost; write for instance {USUAL}")
            return url.set(drivername="sqlite+pysqlite")
        case "postgres" | "postgresql" | "postgresql+psycopg":
            return url.set(drivername="postgresql+psycopg")
    raise StoreError(f"no database of kind {url.drivername!r} is supported; write for instance {_EXAMPLES}")


def make_engine(url: URL, busy_s: float = BUSY_S) -> Engine:
    """An engine whose transactions are explicit; nothing is opened yet."""
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True, hide_parameters=True)
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=10,
            max_overflow=30,
            connect_args={"timeout": busy_s},
            hide_parameters=True,  # an exception may be logged, and these are names and work
        )
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(f"PostgreSQL needs the extra showwork-tutor[postgres] ({error})") from None
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, record: object) -> None:  # noqa: ARG001
    connection.isolation_level = None  # `_begin` begins; the module's own way begins too late, and not for DDL
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")  # deleted work is overwritten, not just forgotten
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    # A reader that turns writer may find that its snapshot is old, and fail; a writer takes its turn at once.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def make_file(path: Path) -> None:
    """An empty file that nobody else may read; a file that is there stays as it is.

    Raises:
        StoreError: the folder is missing or may not be written to.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"the database {path} cannot be opened: {error.strerror}") from None


def shown(url: URL) -> str:
    """The database in messages, without its password."""
    return str(file_of(url) or url.set(drivername="postgresql").render_as_string(hide_password=True))


@contextmanager
def in_words(url: URL) -> Iterator[None]:
    """Turns what a database says of its own state into a sentence; broken constraints pass through."""
    try:
        yield
    except PoolTimeout:
        raise StoreBusy(f"too many people at once use {shown(url)}; try again") from None
    except DBAPIError as error:
        said = _sentence(url, error.orig)
        if said is None:
            raise
        raise said from None


def _sentence(url: URL, error: BaseException | None) -> StoreError | None:
    name, said = shown(url), str(error).strip().partition("\n")[0]
    if isinstance(error, sqlite3.DatabaseError):
        code: Any = getattr(error, "sqlite_errorcode", 0) or 0
        match code & 0xFF:
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return StoreBusy(f"another program keeps the database {name} locked; try again when it is done")
            case sqlite3.SQLITE_NOTADB:
                return StoreError(f"{name} is a file of another kind, not a database of this program")
            case sqlite3.SQLITE_CORRUPT:
                return StoreError(f"the database {name} is damaged ({said}); restore a backup")
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
                return StoreError(f"the database {name} may not be written to; look at the rights of file and folder")
            case sqlite3.SQLITE_FULL:
                return StoreError(f"the disk of the database {name} is full; nothing was stored")
            case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
                return StoreError(f"the database {name} cannot be opened or read ({said})")
        return None
    state: Any = getattr(error, "sqlstate", None)
    if state in ("40001", "40P01", "55P03"):  # serialisation, deadlock, lock not available
        return StoreBusy(f"the database {name} is busy; try again")
    if "OperationalError" in {kind.__name__ for kind in type(error).__mro__}:  # psycopg may not be installed
        return StoreError(f"the database {name} cannot be reached ({said})")
    return None
