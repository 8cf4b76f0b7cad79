import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event, text
from typer.testing import CliRunner

from tutor.cli.store import app
from tutor.store import NewerStore, OlderStore, StoreBusy, StoreError, open_store, schema, upgrade_store
from tutor.store.engine import usual_url

REFUSED = [
    # URL                               what the message says                     why it is here
    ("tutor.db", r"no database URL.*sqlite:///tutor\.db", "a path alone"),
    ("mysql://ada:secret@host/db", r"no database of kind 'mysql'", "a database that is not supported"),
    ("postgresql://[::1/db", r"cannot be read", "no URL at all"),
    ("sqlite://", r"names no file", "memory would lose everything"),
    ("sqlite:///:memory:", r"names no file", "the same"),
    ("postgresql://nobody:secret@127.0.0.1:9/none", r"cannot be reached", "no server there"),
]


@pytest.mark.parametrize(("url", "says", "why"), REFUSED, ids=[why for _, _, why in REFUSED])
def test_a_url_that_will_not_do_is_refused_in_a_sentence_without_its_password(url, says, why):
    with pytest.raises(StoreError) as refused:
        open_store(url)
    assert re.search(says, str(refused.value))
    assert "secret" not in str(refused.value)


def test_the_environment_names_the_usual_store(monkeypatch):
    monkeypatch.delenv("TUTOR_STORE", raising=False)
    assert usual_url() == "sqlite:///tutor.db"
    monkeypatch.setenv("TUTOR_STORE", "sqlite:////srv/site.db")
    assert usual_url() == "sqlite:////srv/site.db"


def test_a_new_file_gets_its_tables_and_is_its_owner_s_alone(tmp_path):
    path = tmp_path / "site.db"
    with open_store(f"sqlite:///{path}") as store:
        assert store.teachers.all() == []
        pragmas = {}
        with store.engine.connect() as connection:
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout"):
                pragmas[name] = connection.execute(text(f"PRAGMA {name}")).scalar()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10_000,
    }


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"nowhere.*No such file"):
        open_store(f"sqlite:///{tmp_path / 'nowhere' / 'site.db'}")


def test_a_file_that_should_be_there_is_not_made(tmp_path):
    with pytest.raises(StoreError, match="tutor db upgrade"):
        open_store(f"sqlite:///{tmp_path / 'site.db'}", create=False)
    assert not (tmp_path / "site.db").exists()


def test_a_file_of_another_kind_stays_as_it_is(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(StoreError, match="another kind"):
        open_store(f"sqlite:///{path}")
    assert path.read_text().startswith("Dear Sir")


def test_a_database_of_another_program_stays_as_it_is(tmp_path):
    path = tmp_path / "photos.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE photo (id INTEGER)")
    with pytest.raises(StoreError, match="another program"):
        open_store(f"sqlite:///{path}")
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("photo",)]


def test_a_locked_file_is_waited_for_and_then_named(tmp_path):
    url = f"sqlite:///{tmp_path / 'site.db'}"
    open_store(url).close()
    holder = sqlite3.connect(tmp_path / "site.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with open_store(url, busy_s=0.1) as store:  # looking is not held up
        with pytest.raises(StoreBusy, match=r"site\.db locked; try again"):
            store.teachers.add("ada", "correct horse battery")
        holder.execute("ROLLBACK")
        assert store.teachers.add("ada", "correct horse battery").login == "ada"
    holder.close()


def test_a_file_that_another_program_has_to_itself_is_named(tmp_path):
    holder = sqlite3.connect(tmp_path / "site.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreBusy, match="locked"):
        open_store(f"sqlite:///{tmp_path / 'site.db'}", busy_s=0.1)
    holder.execute("ROLLBACK")
    holder.close()
    open_store(f"sqlite:///{tmp_path / 'site.db'}").close()


def test_a_full_disk_is_named_and_nothing_is_stored(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'site.db'}") as store:
        with store.engine.connect() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar()
        event.listen(store.engine, "begin", lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))
        teacher = store.teachers.add("ada", "correct horse battery")
        desk = store.of_teacher(teacher.id)
        with pytest.raises(StoreError, match="full; nothing was stored"):
            any(desk.open_class(f"class {n} {'x' * 150}") is None for n in range(1_000))
        assert store.upkeep.check().faults == ()


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "site.db"
    open_store(f"sqlite:///{path}").close()
    whole = path.read_bytes()
    path.write_bytes(whole[:5000] + bytes(len(whole) - 5000))
    with pytest.raises(StoreError, match=r"damaged|another"), open_store(f"sqlite:///{path}") as store:
        store.upkeep.check()


def test_a_newer_database_is_refused(store, url):
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))
    for opening in (open_store, upgrade_store):
        with pytest.raises(NewerStore, match="r9999"):
            opening(url)


NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("teacher") as teacher:
        teacher.add_column(sa.Column("shoe_size", sa.Integer(), nullable=True))
    {end}
"""


@pytest.fixture
def newer(tmp_path, monkeypatch):
    """Makes the program one revision newer than it is."""

    def make(end="pass"):
        folder = tmp_path / "migrations"
        (folder / "versions").mkdir(parents=True, exist_ok=True)
        for path in (schema.FOLDER / "versions").glob("r*.py"):
            (folder / "versions" / path.name).write_text(path.read_text())
        (folder / "versions" / "r0002_later.py").write_text(NEXT.format(end=end))
        monkeypatch.setattr(schema, "FOLDER", folder)

    return make


def test_an_older_database_is_brought_up_to_date_with_what_is_in_it(store, url, newer):
    store.teachers.add("ada", "correct horse battery")
    newer()
    with pytest.raises(OlderStore, match="tutor db upgrade"):
        open_store(url)
    assert upgrade_store(url) == ("r0001", "r0002")
    assert upgrade_store(url) == ("r0002", "r0002")
    with open_store(url) as again:
        assert [teacher.login for teacher in again.teachers.all()] == ["ada"]


def test_the_command_copies_an_older_file_before_it_changes_it(sqlite_store, tmp_path, newer):
    url = f"sqlite:///{tmp_path / 'site.db'}"
    sqlite_store.teachers.add("ada", "correct horse battery")
    newer()
    done = CliRunner().invoke(app, ["upgrade", "--store", url])
    assert done.exit_code == 0
    assert "upgraded from r0001 to r0002" in done.stdout
    with sqlite3.connect(tmp_path / "site.db.r0001") as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("r0001",)]
        assert copy.execute("SELECT login FROM teacher").fetchall() == [("ada",)]
    assert CliRunner().invoke(app, ["upgrade", "--store", url]).stdout == "up to date (r0002)\n"


def test_a_migration_that_fails_changes_nothing(store, url, newer):
    newer(end="raise RuntimeError('the disk caught fire')")
    with pytest.raises(RuntimeError, match="fire"):
        upgrade_store(url)
    with store.engine.connect() as connection:
        assert schema.revision(connection) == "r0001"
        assert not store.engine.dialect.has_table(connection, "later")


def test_migrations_make_what_the_tables_say(store):
    with store.engine.connect() as connection:
        assert schema.differences(connection) == []


def test_two_programs_make_the_same_database_at_once(url):
    code = "import sys; from tutor.store import open_store; open_store(sys.argv[1]).close()"
    both = [subprocess.Popen([sys.executable, "-c", code, url], cwd=Path(__file__).parents[2]) for _ in range(3)]
    assert [process.wait(60) for process in both] == [0, 0, 0]
    with open_store(url) as store:
        assert store.upkeep.check().faults == ()
