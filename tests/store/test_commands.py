"""`tutor db` and `tutor admin`, as they are typed; backups."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.store.conftest import PASSWORD
from tutor.cli import admin, store
from tutor.store import Refused, StoreError, open_store

ROOT = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'site.db'}"
    monkeypatch.setenv("TUTOR_STORE", url)
    return url


def run(app, *args, text=None):
    return CliRunner().invoke(app, list(args), input=text)


def tutor(*args, text=None, **env):
    return subprocess.run(
        [sys.executable, "-m", "tutor", *args],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | env,
        timeout=120,
        check=False,
    )


def test_a_teacher_is_added_listed_shut_out_and_let_in(site):
    added = run(admin.app, "add-teacher", "ada@example.org", "--name", "Ms L", text=f"{PASSWORD}\n{PASSWORD}\n")
    assert added.exit_code == 0
    assert PASSWORD not in added.output
    with open_store(site) as opened:
        assert opened.teachers.sign_in("ada@example.org", PASSWORD, "").name == "Ms L"
        assert run(admin.app, "disable", "ADA@example.org").exit_code == 0
        with pytest.raises(Refused):
            opened.teachers.sign_in("ada@example.org", PASSWORD, "")
        listed = json.loads(run(admin.app, "list", "--json").stdout)
        assert (listed["login"], listed["disabled"]) == ("ada@example.org", True)
        assert "disabled" in run(admin.app, "list").stdout
        assert run(admin.app, "enable", "ada@example.org").exit_code == 0
        drawn = run(admin.app, "reset-password", "ada@example.org", "--generate").stdout.strip()
        assert opened.teachers.sign_in("ada@example.org", drawn, "")


def test_a_password_comes_from_a_pipe_and_messages_without_a_traceback(tmp_path):
    url = f"sqlite:///{tmp_path / 'site.db'}"
    assert (
        tutor("admin", "add-teacher", "bo", "--password-stdin", text=PASSWORD + "\n", TUTOR_STORE=url).returncode == 0
    )
    again = tutor("admin", "add-teacher", "BO", "--password-stdin", "--store", url, text=PASSWORD + "\n")
    assert (again.returncode, again.stderr) == (2, 'There is a teacher "BO" already.\n')
    nobody = tutor("admin", "disable", "cy", TUTOR_STORE=url)
    assert (nobody.returncode, nobody.stderr) == (2, 'There is no teacher "cy".\n')
    elsewhere = tutor("admin", "list", TUTOR_STORE=f"sqlite:///{tmp_path / 'typo.db'}")
    assert elsewhere.returncode == 2
    assert not (tmp_path / "typo.db").exists()


def test_the_database_is_made_and_checked(site, tmp_path):
    assert run(store.app, "upgrade").stdout == "up to date (r0001)\n"
    checked = run(store.app, "check")
    assert checked.exit_code == 0
    assert "teacher        0" in checked.stdout
    assert "no faults" in checked.stdout
    with sqlite3.connect(tmp_path / "site.db") as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("INSERT INTO roster (student_id, class_id, full_name) VALUES (7, 7, '')")
        database.execute("DROP INDEX ix_event_at")
    broken = run(store.app, "check")
    assert broken.exit_code == 1
    assert "table roster refers to a row of student that is not there" in broken.output
    assert "ix_event_at" in broken.output


def test_a_backup_is_whole_while_others_write(sqlite_school, tmp_path):
    school = sqlite_school
    copy, stop = tmp_path / "copy.db", threading.Event()
    handed_in = []

    def work():
        while not stop.is_set():
            handed_in.append(school.hand_in(school.ada, f"x = {len(handed_in)}").id)

    writer = threading.Thread(target=work)
    writer.start()
    try:
        while len(handed_in) < 20:
            pass
        before = len(handed_in)
        school.store.upkeep.backup(copy)
        after = len(handed_in) + 1
    finally:
        stop.set()
        writer.join()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with open_store(f"sqlite:///{copy}") as opened:
        assert opened.upkeep.check().faults == ()
        assert before <= opened.upkeep.check().counts["attempt"] <= after
        assert opened.teachers.sign_in("emmy", PASSWORD, "")


def test_a_backup_replaces_nothing_unasked(sqlite_store, tmp_path):
    copy = tmp_path / "copy.db"
    copy.write_text("precious")
    with pytest.raises(StoreError, match="--force"):
        sqlite_store.upkeep.backup(copy)
    assert copy.read_text() == "precious"
    with pytest.raises(StoreError):
        sqlite_store.upkeep.backup(tmp_path / "site.db", force=True)  # never itself
    with pytest.raises(StoreError, match="cannot be written"):
        sqlite_store.upkeep.backup(tmp_path / "nowhere" / "copy.db")
    assert sqlite_store.upkeep.backup(copy, force=True) == copy.stat().st_size
    assert sorted(path.name for path in tmp_path.iterdir() if "draft" in path.name) == []


def test_the_commands_back_up_and_clean_up(site, tmp_path):
    run(store.app, "upgrade")
    assert "bytes" in run(store.app, "backup", str(tmp_path / "copy.db")).stdout
    assert run(store.app, "purge").stdout.startswith("deleted: 0 students")
