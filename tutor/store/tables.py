"""The tables. Rows never leave this package; `records.py` has what does.

Whatever belongs to a class carries the class's number, and refers to students and sets by class and number together,
so that the database itself refuses a row that would join two classes. Deleting a student, a set or a class deletes all
that hangs on it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite has no zones, so it is given none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a moment without a zone is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        there = value.astimezone(UTC)
        return there.replace(tzinfo=None) if dialect.name == "sqlite" else there

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """With its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """An object as ASCII text: no NUL and no half of a surrogate pair reaches the database."""

    impl = Text()
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """As text."""
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """As the object."""
        return None if value is None else json.loads(value)


class Base(DeclarativeBase):
    """What all tables share: names for constraints, and numbers that are never given twice."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment(), str: Text()}  # noqa: RUF012


_NEVER_TWICE = {"sqlite_autoincrement": True}  # a session of a deleted student never fits the next one


def _class() -> Mapped[int]:
    return mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"), index=True)


def _in_class(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["class_id", column], [f"{table}.class_id", f"{table}.id"], ondelete="CASCADE")


class TeacherRow(Base):
    """An account; `key` is the login as it is looked up."""

    __tablename__ = "teacher"
    __table_args__ = (_NEVER_TWICE,)
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str]
    disabled: Mapped[bool]
    created_at: Mapped[datetime]


class TryRow(Base):
    """A try to sign in; hashed, and kept for a minute."""

    __tablename__ = "sign_in_try"
    __table_args__ = (_NEVER_TWICE,)
    id: Mapped[int] = mapped_column(primary_key=True)
    both: Mapped[str] = mapped_column(String(64), index=True)
    account: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class ClassRow(Base):
    """A class."""

    __tablename__ = "classroom"
    __table_args__ = (_NEVER_TWICE,)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    title: Mapped[str]
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teacher.id", ondelete="RESTRICT"), index=True)
    retention_days: Mapped[int | None]
    pseudonyms: Mapped[bool]
    joining: Mapped[bool]
    created_at: Mapped[datetime]


class StudentRow(Base):
    """A place in a class; `key` is the name as it is looked up."""

    __tablename__ = "student"
    __table_args__ = (UniqueConstraint("class_id", "id"), UniqueConstraint("class_id", "key"), _NEVER_TWICE)
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = _class()
    name: Mapped[str]
    key: Mapped[str]
    personal_code: Mapped[str]
    joined_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class RosterRow(Base):
    """Who a pseudonym is; the only table that says so."""

    __tablename__ = "roster"
    __table_args__ = (_in_class("student_id", "student"), UniqueConstraint("class_id", "gradebook_id"))
    student_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    class_id: Mapped[int] = _class()
    gradebook_id: Mapped[str | None]
    full_name: Mapped[str]


class SessionRow(Base):
    """Somebody who is signed in; the browser holds the token, this table its digest."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("(teacher_id IS NULL) <> (student_id IS NULL)", name="one_person"),
        _NEVER_TWICE,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("teacher.id", ondelete="CASCADE"), index=True)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"), index=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)


class SetRow(Base):
    """A problem set, whatever its version."""

    __tablename__ = "problem_set"
    __table_args__ = (UniqueConstraint("class_id", "id"), UniqueConstraint("class_id", "key"), _NEVER_TWICE)
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = _class()
    name: Mapped[str]
    key: Mapped[str]
    created_at: Mapped[datetime]


class VersionRow(Base):
    """One version of a problem set."""

    __tablename__ = "set_version"
    __table_args__ = (
        _in_class("set_id", "problem_set"),
        UniqueConstraint("class_id", "id"),
        UniqueConstraint("set_id", "version"),
        Index(
            "ix_set_version_one_published",
            "set_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        CheckConstraint("state IN ('draft', 'published', 'archived')", name="state"),
        CheckConstraint("tries IS NULL OR tries >= 1", name="tries"),
        _NEVER_TWICE,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = _class()
    set_id: Mapped[int]
    version: Mapped[int]
    title: Mapped[str]
    source_name: Mapped[str]
    source: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    yaml: Mapped[str] = mapped_column(deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    problem_ids: Mapped[Any] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(16))
    due: Mapped[datetime | None]
    tries: Mapped[int | None]
    exam: Mapped[bool]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class DraftRow(Base):
    """Work that a student has not handed in; it survives a reload."""

    __tablename__ = "draft"
    __table_args__ = (_in_class("student_id", "student"), _in_class("set_id", "problem_set"))
    student_id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[str] = mapped_column(primary_key=True)
    class_id: Mapped[int] = _class()
    work: Mapped[str]
    started_at: Mapped[datetime]
    at: Mapped[datetime]


class AttemptRow(Base):
    """Work as it was handed in; rows are added and deleted, never changed."""

    __tablename__ = "attempt"
    __table_args__ = (
        _in_class("student_id", "student"),
        _in_class("version_id", "set_version"),
        _in_class("set_id", "problem_set"),
        UniqueConstraint("class_id", "id"),
        Index("ix_attempt_of_problem", "student_id", "set_id", "problem_id"),
        _NEVER_TWICE,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = _class()
    student_id: Mapped[int]
    set_id: Mapped[int] = mapped_column(index=True)
    version_id: Mapped[int] = mapped_column(index=True)
    problem_id: Mapped[str]
    work: Mapped[str]
    started_at: Mapped[datetime]
    handed_in_at: Mapped[datetime] = mapped_column(index=True)
    late: Mapped[bool]


class ReportRow(Base):
    """A report on an attempt; marking again adds one."""

    __tablename__ = "report"
    __table_args__ = (_in_class("attempt_id", "attempt"), UniqueConstraint("class_id", "id"), _NEVER_TWICE)
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = _class()
    attempt_id: Mapped[int] = mapped_column(index=True)
    report: Mapped[Any] = mapped_column(Json)
    engine: Mapped[str]
    seconds: Mapped[float]
    made_at: Mapped[datetime]
    status: Mapped[str]
    first_wrong: Mapped[int | None]
    earned: Mapped[str]
    pending: Mapped[str]
    available: Mapped[str]


class LineRow(Base):
    """What a report says of a line, for the view of a class: it is read off the report when that is stored."""

    __tablename__ = "checked_line"
    __table_args__ = (
        _in_class("report_id", "report"),
        Index("ix_checked_line_case", "class_id", "key"),
    )
    report_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    class_id: Mapped[int] = _class()
    line: Mapped[int]
    text: Mapped[str]
    key: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(16))
    misconception: Mapped[str | None]


class HintRow(Base):
    """A hint that was asked for."""

    __tablename__ = "hint_taken"
    __table_args__ = (_in_class("attempt_id", "attempt"),)
    attempt_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rung: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    class_id: Mapped[int] = _class()
    at: Mapped[datetime]


class RulingRow(Base):
    """A teacher's word on a line."""

    __tablename__ = "ruling"
    __table_args__ = (
        _in_class("set_id", "problem_set"),
        UniqueConstraint("class_id", "id"),
        UniqueConstraint("set_id", "problem_id", "key"),
        CheckConstraint("finding IN ('right', 'wrong')", name="finding"),
        _NEVER_TWICE,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = _class()
    set_id: Mapped[int]
    problem_id: Mapped[str]
    key: Mapped[str] = mapped_column(String(64))
    text: Mapped[str]
    finding: Mapped[str] = mapped_column(String(16))
    comment: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class DisputeRow(Base):
    """A student's "I think this is right"."""

    __tablename__ = "dispute"
    __table_args__ = (_in_class("attempt_id", "attempt"), UniqueConstraint("attempt_id", "line"), _NEVER_TWICE)
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = _class()
    attempt_id: Mapped[int]
    line: Mapped[int]
    text: Mapped[str]
    key: Mapped[str] = mapped_column(String(64))
    why: Mapped[str]
    at: Mapped[datetime]


class MarkRow(Base):
    """A mark given by a teacher; the last row counts, and one without a mark takes it back."""

    __tablename__ = "given_mark"
    __table_args__ = (
        _in_class("student_id", "student"),
        _in_class("set_id", "problem_set"),
        Index("ix_given_mark_of_problem", "student_id", "set_id", "problem_id"),
        _NEVER_TWICE,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = _class()
    student_id: Mapped[int]
    set_id: Mapped[int]
    problem_id: Mapped[str]
    earned: Mapped[str | None]
    why: Mapped[str]
    by: Mapped[str]
    automatic: Mapped[str | None]
    at: Mapped[datetime]


class UploadRow(Base):
    """An upload of submissions; `runner` marks it until `leased_until`."""

    __tablename__ = "batch"
    __table_args__ = (
        _in_class("version_id", "set_version"),
        UniqueConstraint("class_id", "id"),
        CheckConstraint("state IN ('waiting', 'running', 'stopped', 'done')", name="state"),
        _NEVER_TWICE,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = _class()
    version_id: Mapped[int | None]
    title: Mapped[str]
    file_name: Mapped[str]
    state: Mapped[str] = mapped_column(String(16))
    runner: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class SubmissionRow(Base):
    """One row of an upload, and its report once it has one."""

    __tablename__ = "batch_row"
    __table_args__ = (_in_class("batch_id", "batch"),)
    batch_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    class_id: Mapped[int] = _class()
    row_id: Mapped[str]
    student: Mapped[str]
    problem: Mapped[str]
    work: Mapped[str]
    extra: Mapped[Any] = mapped_column(Json)
    report: Mapped[Any | None] = mapped_column(Json)


class EventRow(Base):
    """Who looked at or did what; without students' text, so it outlives what it is about."""

    __tablename__ = "event"
    __table_args__ = (_NEVER_TWICE,)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    what: Mapped[str]
    class_id: Mapped[int | None] = mapped_column(index=True)
    about: Mapped[int | None]
    detail: Mapped[str]
