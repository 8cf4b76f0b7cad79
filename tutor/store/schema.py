"""The shape of the database: which revision it has, and the migrations that bring it up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from tutor.store.engine import WRITES
from tutor.store.errors import NewerStore, OlderStore, StoreError
from tutor.store.tables import Base

FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 7_305_806_317_061_921  # any number, as long as all of us take the same


def _scripts() -> tuple[Config, ScriptDirectory]:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config, ScriptDirectory.from_config(config)


def newest() -> str:
    """The revision that this program works with."""
    _, scripts = _scripts()
    head = scripts.get_current_head()
    assert head is not None
    return head


def revision(connection: Connection) -> str | None:
    """The revision of the database, None where there is none yet."""
    return MigrationContext.configure(connection).get_current_revision()


def known(there: str) -> bool:
    """Whether this program has the migration that made that revision."""
    _, scripts = _scripts()
    return there in {script.revision for script in scripts.walk_revisions()}


def require_newest(connection: Connection, name: str) -> None:
    """Nothing, where the database is as this program needs it.

    Raises:
        NewerStore, OlderStore: it is not.
        StoreError: it holds tables of something else.
    """
    there = revision(connection)
    if there == newest():
        return
    if there is None:
        if inspect(connection).get_table_names():
            raise StoreError(f"{name} is a database of another program; choose another name for this one's")
        raise OlderStore(f"the database {name} is empty; run: tutor db upgrade")
    if not known(there):
        raise NewerStore(
            f"the database {name} was written by a newer version of this program (its revision {there} is not known "
            "here); install that version, or restore the backup made before it was upgraded"
        )
    raise OlderStore(f"the database {name} is of an older version of this program; run: tutor db upgrade")


def upgrade(engine: Engine, name: str) -> tuple[str | None, str]:
    """Run the migrations that are missing, all or none; the revisions before and after.

    Raises:
        NewerStore: there is a revision that this program does not know.
    """
    with _alone(engine) as connection:
        before = revision(connection)
        if before is None or known(before):
            if before is None and inspect(connection).get_table_names():
                raise StoreError(f"{name} is a database of another program; choose another name for this one's")
            _run(connection)
        require_newest(connection, name)
        return before, newest()


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One transaction, one program at a time."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


def _run(connection: Connection) -> None:
    config, scripts = _scripts()

    def steps(there: Any, context: MigrationContext) -> Any:  # noqa: ARG001
        return scripts._upgrade_revs("head", there)

    with EnvironmentContext(config, scripts, fn=steps, destination_rev="head") as environment:
        environment.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        with environment.begin_transaction():
            environment.run_migrations()


def differences(connection: Connection) -> list[str]:
    """What in the database is not as the program's tables have it; empty where all is well."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(difference) for difference in compare_metadata(context, Base.metadata)]
