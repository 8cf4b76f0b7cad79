"""Everything about one student as an object, and its deletion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from tutor.store.reports import exam_runs, withheld
from tutor.store.tables import (
    AttemptRow,
    ClassRow,
    DisputeRow,
    DraftRow,
    EventRow,
    HintRow,
    MarkRow,
    ReportRow,
    RosterRow,
    SetRow,
    StudentRow,
    SubmissionRow,
    VersionRow,
)


def everything_of(
    session: Session, student: StudentRow, *, roster: bool, now: datetime | None = None
) -> dict[str, Any]:
    """All that is stored about a student, as plain text and numbers.

    roster: with who the student is in the gradebook, and rows of uploads that bear that name. now: for the student, so
    that reports and marks of an exam that still runs are left out.
    """
    room = session.get_one(ClassRow, student.class_id)
    found: dict[str, Any] = {
        "class": {"title": room.title, "code": room.code},
        "student": {"name": student.name, "joined": _when(student.joined_at), "seen": _when(student.seen_at)},
    }
    who = session.get(RosterRow, student.id)
    if roster and who is not None:
        found["roster"] = {"gradebook_id": who.gradebook_id or "", "full_name": who.full_name}
    names = {row.id: row.name for row in session.scalars(select(SetRow).where(SetRow.class_id == student.class_id))}
    attempts = list(
        session.scalars(select(AttemptRow).where(AttemptRow.student_id == student.id).order_by(AttemptRow.id))
    )
    found["attempts"] = [_attempt(session, row, names, now) for row in attempts]
    drafts = session.scalars(select(DraftRow).where(DraftRow.student_id == student.id).order_by(DraftRow.at))
    found["drafts"] = [
        {"set": names[row.set_id], "problem": row.problem_id, "work": row.work, "at": _when(row.at)} for row in drafts
    ]
    marks = session.scalars(select(MarkRow).where(MarkRow.student_id == student.id).order_by(MarkRow.id))
    found["given_marks"] = [
        {
            "set": names[row.set_id],
            "problem": row.problem_id,
            "earned": row.earned,
            "why": row.why,
            "by": row.by,
            "at": _when(row.at),
        }
        for row in marks
        if now is None or not exam_runs(session, row.set_id, now)
    ]
    if roster:
        uploads = session.scalars(select(SubmissionRow).where(_uploaded(student, who)))
        found["uploaded"] = [
            {"id": row.row_id, "problem": row.problem, "work": row.work, "report": row.report} for row in uploads
        ]
    events = session.scalars(
        select(EventRow)
        .where(EventRow.class_id == student.class_id, EventRow.about == student.id)
        .order_by(EventRow.id)
    )
    found["events"] = [{"at": _when(row.at), "actor": row.actor, "what": row.what} for row in events]
    return found


def _attempt(session: Session, row: AttemptRow, names: dict[int, str], now: datetime | None) -> dict[str, Any]:
    version = session.get_one(VersionRow, row.version_id)
    hidden = now is not None and withheld(session, version, now)
    reports = session.scalars(select(ReportRow).where(ReportRow.attempt_id == row.id).order_by(ReportRow.id))
    hints = session.scalars(select(HintRow).where(HintRow.attempt_id == row.id).order_by(HintRow.at))
    disputes = session.scalars(select(DisputeRow).where(DisputeRow.attempt_id == row.id).order_by(DisputeRow.id))
    return {
        "id": row.id,
        "set": names[row.set_id],
        "version": version.version,
        "problem": row.problem_id,
        "work": row.work,
        "started": _when(row.started_at),
        "handed_in": _when(row.handed_in_at),
        "late": row.late,
        "reports": []
        if hidden
        else [{"at": _when(r.made_at), "engine": r.engine, "seconds": r.seconds, "report": r.report} for r in reports],
        "hints": [{"line": h.line, "rung": h.rung, "at": _when(h.at)} for h in hints],
        "objections": [{"line": d.line, "text": d.text, "why": d.why, "at": _when(d.at)} for d in disputes],
    }


def _when(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def delete_student(session: Session, student: StudentRow) -> None:
    """A student with all that hangs on the place, and the rows of uploads that bear the student's name."""
    who = session.get(RosterRow, student.id)
    session.execute(delete(SubmissionRow).where(_uploaded(student, who)))
    session.delete(student)
    session.flush()


def _uploaded(student: StudentRow, who: RosterRow | None) -> ColumnElement[bool]:
    names = {student.name} | ({who.gradebook_id, who.full_name} if who is not None else set())
    bearing = or_(*(SubmissionRow.student == name for name in sorted(filter(None, names))))
    return and_(SubmissionRow.class_id == student.class_id, bearing)
