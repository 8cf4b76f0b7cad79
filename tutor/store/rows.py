"""Rows to records."""

from __future__ import annotations

from fractions import Fraction

from tutor.store.records import (
    Attempt,
    Checked,
    Classroom,
    Event,
    Finding,
    GivenMark,
    Ruling,
    SetVersion,
    State,
    Student,
    Teacher,
)
from tutor.store.tables import (
    AttemptRow,
    ClassRow,
    EventRow,
    MarkRow,
    ReportRow,
    RulingRow,
    SetRow,
    StudentRow,
    TeacherRow,
    VersionRow,
)


def teacher_of(row: TeacherRow) -> Teacher:
    """The account without its hash."""
    return Teacher(row.id, row.login, row.name, row.disabled, row.created_at)


def class_of(row: ClassRow) -> Classroom:
    """The class."""
    return Classroom(
        row.id, row.code, row.title, row.teacher_id, row.retention_days, row.pseudonyms, row.joining, row.created_at
    )


def student_of(row: StudentRow) -> Student:
    """The student without the code's hash."""
    return Student(row.id, row.class_id, row.name, row.joined_at, row.seen_at)


def version_of(row: VersionRow, of: SetRow) -> SetVersion:
    """The version without its content."""
    return SetVersion(
        id=row.id,
        class_id=row.class_id,
        set_id=row.set_id,
        version=row.version,
        name=of.name,
        title=row.title,
        source_name=row.source_name,
        sha256=row.sha256,
        problem_ids=tuple(row.problem_ids),
        state=State(row.state),
        due=row.due,
        tries=row.tries,
        exam=row.exam,
        created_at=row.created_at,
        published_at=row.published_at,
    )


def checked_of(row: ReportRow) -> Checked:
    """The report."""
    return Checked(row.id, row.attempt_id, row.report, row.engine, row.seconds, row.made_at)


def attempt_of(row: AttemptRow, checked: Checked | None = None, *, withheld: bool = False) -> Attempt:
    """The attempt, with its report where that may be seen."""
    return Attempt(
        id=row.id,
        class_id=row.class_id,
        student_id=row.student_id,
        version_id=row.version_id,
        problem_id=row.problem_id,
        work=row.work,
        started_at=row.started_at,
        handed_in_at=row.handed_in_at,
        late=row.late,
        checked=None if withheld else checked,
        withheld=withheld,
    )


def ruling_of(row: RulingRow) -> Ruling:
    """The ruling."""
    return Ruling(
        row.id, row.set_id, row.problem_id, row.key, row.text, Finding(row.finding), row.comment, row.by, row.at
    )


def given_of(row: MarkRow) -> GivenMark | None:
    """The mark; None where it was taken back."""
    if row.earned is None:
        return None
    automatic = None if row.automatic is None else Fraction(row.automatic)
    return GivenMark(
        row.student_id, row.set_id, row.problem_id, Fraction(row.earned), row.why, row.by, automatic, row.at
    )


def event_of(row: EventRow) -> Event:
    """The event."""
    return Event(row.at, row.actor, row.what, row.class_id, row.about, row.detail)
