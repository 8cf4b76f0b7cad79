"""Reports on attempts: storing one with what the view of a class needs of it, and finding the last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tutor.store.cases import case_key
from tutor.store.errors import StoreError
from tutor.store.records import State
from tutor.store.tables import AttemptRow, LineRow, ReportRow, VersionRow
from tutor.store.texts import MAX_LINE, storable

AT_ONCE: Final = 500  # numbers in one question to the database


def add_report(
    session: Session, attempt: AttemptRow, report: Mapping[str, Any], engine: str, seconds: float, now: datetime
) -> ReportRow:
    """Store a report beside its attempt.

    Raises:
        StoreError: it is no report of the machine interface.
    """
    try:
        mark = report["mark"]
        earned, pending, available = (str(Fraction(mark[name])) for name in ("earned", "pending", "available"))
        lines = [_line(attempt, number, step) for number, step in enumerate(report["steps"])]
        first_wrong = report["first_wrong"]
        status = str(report.get("status", "graded"))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError) as error:
        raise StoreError(f"what came as the report on attempt {attempt.id} is none: {error!r}") from None
    row = ReportRow(
        class_id=attempt.class_id,
        attempt_id=attempt.id,
        report=dict(report),
        engine=engine,
        seconds=seconds,
        made_at=now,
        status=status,
        first_wrong=first_wrong,
        earned=earned,
        pending=pending,
        available=available,
    )
    session.add(row)
    session.flush()
    for line in lines:
        line.report_id = row.id
    session.add_all(lines)
    return row


def _line(attempt: AttemptRow, number: int, step: Mapping[str, Any]) -> LineRow:
    text = str(step["text"])
    return LineRow(
        step=number,
        class_id=attempt.class_id,
        line=int(step["line"]),
        text=storable(text[:MAX_LINE]),
        key=case_key(attempt.problem_id, text),
        verdict=str(step["verdict"]),
        misconception=None if (step.get("ruling") or {}).get("right") else step.get("misconception"),
    )


def last_reports(session: Session, attempt_ids: Sequence[int]) -> dict[int, ReportRow]:
    """The last report on each of these attempts, by attempt."""
    found: dict[int, ReportRow] = {}
    for some in in_pieces(attempt_ids):
        last = select(func.max(ReportRow.id)).where(ReportRow.attempt_id.in_(some)).group_by(ReportRow.attempt_id)
        found |= {row.attempt_id: row for row in session.scalars(select(ReportRow).where(ReportRow.id.in_(last)))}
    return found


def in_pieces(numbers: Sequence[int]) -> Iterator[list[int]]:
    """As many at a time as a question may hold."""
    for start in range(0, len(numbers), AT_ONCE):
        yield list(numbers[start : start + AT_ONCE])


def withheld(session: Session, version: VersionRow, now: datetime) -> bool:
    """Whether students see no verdicts on work for a version yet: it is an exam that has not ended.

    Nor do they where another version of the set has taken its place, as one with more time, and that one runs.
    """
    own = version.exam and version.due is not None and now <= version.due
    return own or exam_runs(session, version.set_id, now)


def exam_runs(session: Session, set_id: int, now: datetime) -> bool:
    """Whether students see a set as an exam that has not ended."""
    found = select(VersionRow.id).where(
        VersionRow.set_id == set_id,
        VersionRow.state == State.PUBLISHED.value,
        VersionRow.exam.is_(True),
        VersionRow.due >= now,
    )
    return session.scalar(found) is not None
