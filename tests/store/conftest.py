"""A store on SQLite, and the same on PostgreSQL where TUTOR_TEST_POSTGRES has the URL of a server."""

import os
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from sqlalchemy import create_engine, make_url, text

from tutor.store import Store, Terms, Upload, open_store, teachers
from tutor.store.desk import Book
from tutor.store.passwords import hash_password
from tutor.store.place import Place
from tutor.store.records import Classroom, SetVersion, Student, Teacher

POSTGRES = os.environ.get("TUTOR_TEST_POSTGRES", "")
PASSWORD = "correct horse battery"
START = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


class Clock:
    """A clock that stands until it is told to go on."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def on(self, **by):
        self.now += timedelta(**by)


@dataclass
class School:
    """A teacher with a class of two and a published set of two problems; another teacher with a class of one."""

    store: Store
    teacher: Teacher
    room: Classroom
    ada: Student
    bo: Student
    version: SetVersion
    ada_s_code: str
    other: Teacher
    other_room: Classroom
    cy: Student

    @property
    def book(self) -> Book:
        return self.store.of_teacher(self.teacher.id).in_class(self.room.id)

    @property
    def other_book(self) -> Book:
        return self.store.of_teacher(self.other.id).in_class(self.other_room.id)

    def place(self, student) -> Place:
        return self.store.of_student(student.id)

    def hand_in(self, student, work="2x = 4\nx = 2", problem_id="eq"):
        return self.place(student).hand_in(self.version.id, problem_id, work)

    def report(self, attempt, **changes):
        return self.store.checking.report(attempt.id, report(attempt.work, **changes), engine="0.1.0", seconds=0.2)


def report(work, verdicts=(), misconceptions=(), earned="3", pending="0"):
    """An object of the machine interface that says these verdicts of the lines."""
    lines = work.splitlines()
    said = [*verdicts, *["correct"] * len(lines)][: len(lines)]
    named = [*misconceptions, *[None] * len(lines)]
    steps = [
        {"line": n, "text": line, "verdict": verdict, "misconception": named[n]}
        for n, (line, verdict) in enumerate(zip(lines, said, strict=True))
    ]
    return {
        "id": "1",
        "steps": steps,
        "first_wrong": said.index("wrong") if "wrong" in said else None,
        "answer": None,
        "mark": {"earned": earned, "pending": pending, "available": "3", "lost": []},
        "status": "graded",
        "version": "0.1.0",
    }


def upload(name="linear", problems=("eq", "sum"), source=b"title: Linear\n"):
    return Upload(name, name.title(), f"{name}.yaml", source, "title: Linear\n", problems)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    """The URL of a database that is not there yet (SQLite) or empty (PostgreSQL)."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'site.db'}"
        return
    if not POSTGRES:
        pytest.skip("TUTOR_TEST_POSTGRES is not set")
    server = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    name = f"tutor_test_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(url, clock):
    with open_store(url, clock=clock) as opened:
        yield opened


@pytest.fixture
def sqlite_store(tmp_path, clock):
    with open_store(f"sqlite:///{tmp_path / 'site.db'}", clock=clock) as opened:
        yield opened


@pytest.fixture(autouse=True)
def one_hash_a_password(monkeypatch):
    """Real hashes, but the same password is hashed once: a fifth of a second each adds up."""
    monkeypatch.setattr(teachers, "hash_password", hashed_once)


@cache
def hashed_once(password):
    return hash_password(password)


def found(store):
    """A school in that store."""
    teacher = store.teachers.add("ada.lovelace@example.org", PASSWORD, "Ms Lovelace")
    room = store.of_teacher(teacher.id).open_class("8b")
    ada = store.door.join(room.code, "Ada", "10.0.0.1")
    bo = store.door.join(room.code, "Bo", "10.0.0.2")
    book = store.of_teacher(teacher.id).in_class(room.id)
    version = book.sets.publish(book.sets.add(upload(), Terms()).id)
    other = store.teachers.add("emmy", PASSWORD)
    other_room = store.of_teacher(other.id).open_class("9a")
    cy = store.door.join(other_room.code, "Cy", "10.0.0.3")
    return School(
        store, teacher, room, ada.student, bo.student, version, ada.personal_code, other, other_room, cy.student
    )


@pytest.fixture
def school(store):
    return found(store)


@pytest.fixture
def sqlite_school(sqlite_store):
    return found(sqlite_store)
