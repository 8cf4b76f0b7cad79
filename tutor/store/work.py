"""What a class handed in, for its teacher: single works, who is where, and what goes wrong most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from tutor.store.marks import given_marks
from tutor.store.records import Attempt, Checked, Count, GivenMark, HintTaken, Standing
from tutor.store.reports import in_pieces, last_reports
from tutor.store.rows import attempt_of, checked_of
from tutor.store.scope import Scope
from tutor.store.tables import AttemptRow, HintRow, LineRow, ReportRow

EXAMPLES = 3
WAITING = "waiting"  # the status of work without a report


class Work:
    """The work of one class."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def attempt(self, attempt_id: int) -> Attempt:
        """One work with its last report; that it was looked at is noted. Raises Missing."""
        with self._scope.writing() as session:
            row = self._scope.attempt(session, attempt_id)
            self._scope.note_look(session, "work viewed", about=row.student_id)
            report = last_reports(session, [row.id]).get(row.id)
            return attempt_of(row, None if report is None else checked_of(report))

    def reports(self, attempt_id: int) -> list[Checked]:
        """Every report that was made on a work, oldest first; raises Missing."""
        with self._scope.reading() as session:
            self._scope.attempt(session, attempt_id)
            found = select(ReportRow).where(ReportRow.attempt_id == attempt_id).order_by(ReportRow.id)
            return [checked_of(row) for row in session.scalars(found)]

    def hints(self, attempt_id: int) -> list[HintTaken]:
        """The hints that were taken with a work; raises Missing."""
        with self._scope.reading() as session:
            self._scope.attempt(session, attempt_id)
            found = select(HintRow).where(HintRow.attempt_id == attempt_id).order_by(HintRow.line, HintRow.rung)
            return [HintTaken(row.attempt_id, row.line, row.rung, row.at) for row in session.scalars(found)]

    def attempts(
        self, *, set_id: int | None = None, student_id: int | None = None, problem_id: str | None = None
    ) -> list[Attempt]:
        """The works of a set, a student or a problem with their last reports, oldest first; noted as viewed."""
        with self._scope.writing() as session:
            found = select(AttemptRow).where(AttemptRow.class_id == self._scope.class_id).order_by(AttemptRow.id)
            if set_id is not None:
                found = found.where(AttemptRow.set_id == set_id)
            if student_id is not None:
                found = found.where(AttemptRow.student_id == student_id)
            if problem_id is not None:
                found = found.where(AttemptRow.problem_id == problem_id)
            rows = list(session.scalars(found))
            reports = last_reports(session, [row.id for row in rows])
            self._scope.note_look(session, "works viewed", about=student_id)
            return [attempt_of(row, checked_of(reports[row.id]) if row.id in reports else None) for row in rows]

    def standings(self, set_id: int) -> list[Standing]:
        """Where each student is with each problem of a set that they have handed in; raises Missing."""
        with self._scope.reading() as session:
            self._scope.set_of(session, set_id)
            reports = {row.attempt_id: row for row in self._last(session, set_id)}
            hints = self._hints(session, set_id)
            given = given_marks(session, self._scope.class_id, set_id)
            works = defaultdict(list)
            for row in self._handed_in(session, set_id):
                works[row.student_id, row.problem_id].append(row)
            return [
                _standing(student_id, problem_id, rows, reports, hints, given.get((student_id, problem_id)))
                for (student_id, problem_id), rows in sorted(works.items())
            ]

    def first_wrong(self, set_id: int, problem_id: str) -> dict[int | None, int]:
        """How many students' last works first go wrong in which line; None for those that do nowhere."""
        with self._scope.reading() as session:
            self._scope.set_of(session, set_id)
            last = self._last(session, set_id)
            return dict(Counter(row.first_wrong for row in last if row.problem_id == problem_id))

    def misconceptions(self, set_id: int, problem_id: str | None = None) -> list[Count]:
        """The errors of the catalogue in students' last works, commonest first, with lines but without names."""
        with self._scope.reading() as session:
            self._scope.set_of(session, set_id)
            last = [row for row in self._last(session, set_id) if problem_id in (None, row.problem_id)]
            student = {row.report_id: row.student_id for row in last}
            who, lines = defaultdict(set), defaultdict(set)
            for line in _lines(session, list(student)):
                if line.misconception is not None:
                    who[line.misconception].add(student[line.report_id])
                    lines[line.misconception].add(line.text)
            counts = [
                Count(
                    name,
                    len(students),
                    tuple(sorted(lines[name], key=lambda t: (len(t), t))[:EXAMPLES]),
                    tuple(sorted(students)),
                )
                for name, students in who.items()
            ]
            return sorted(counts, key=lambda c: (-c.students, c.what))

    def _handed_in(self, session: Session, set_id: int) -> list[Row[Any]]:
        return list(
            session.execute(
                select(
                    AttemptRow.id,
                    AttemptRow.student_id,
                    AttemptRow.problem_id,
                    AttemptRow.started_at,
                    AttemptRow.handed_in_at,
                )
                .where(AttemptRow.class_id == self._scope.class_id, AttemptRow.set_id == set_id)
                .order_by(AttemptRow.id)
            )
        )

    def _hints(self, session: Session, set_id: int) -> dict[int, int]:
        found = session.execute(
            select(HintRow.attempt_id, func.count())
            .join(AttemptRow, AttemptRow.id == HintRow.attempt_id)
            .where(AttemptRow.class_id == self._scope.class_id, AttemptRow.set_id == set_id)
            .group_by(HintRow.attempt_id)
        )
        return {row[0]: row[1] for row in found}

    def _last(self, session: Session, set_id: int) -> list[LastChecked]:
        return last_checked(session, self._scope.class_id, set_id)


@dataclass(frozen=True, slots=True)
class LastChecked:
    """What the last report says of one student's work on one problem."""

    student_id: int
    problem_id: str
    attempt_id: int
    report_id: int
    status: str
    first_wrong: int | None
    earned: str
    pending: str
    available: str


def last_checked(session: Session, class_id: int, set_id: int) -> list[LastChecked]:
    """For each student and problem of a set, the last report on the last attempt that has one."""
    last = select(func.max(ReportRow.id)).where(ReportRow.class_id == class_id).group_by(ReportRow.attempt_id)
    found = session.execute(
        select(
            AttemptRow.student_id,
            AttemptRow.problem_id,
            AttemptRow.id,
            ReportRow.id,
            ReportRow.status,
            ReportRow.first_wrong,
            ReportRow.earned,
            ReportRow.pending,
            ReportRow.available,
        )
        .join(ReportRow, ReportRow.attempt_id == AttemptRow.id)
        .where(AttemptRow.class_id == class_id, AttemptRow.set_id == set_id, ReportRow.id.in_(last))
        .order_by(AttemptRow.id)
    )
    reports = [LastChecked(*row) for row in found]
    return list({(report.student_id, report.problem_id): report for report in reports}.values())


def _lines(session: Session, report_ids: list[int]) -> Iterable[LineRow]:
    for some in in_pieces(report_ids):
        yield from session.scalars(select(LineRow).where(LineRow.report_id.in_(some)))


def _standing(
    student_id: int,
    problem_id: str,
    works: list[Row[Any]],
    reports: dict[int, LastChecked],
    hints: dict[int, int],
    given: GivenMark | None,
) -> Standing:
    report = next((reports[work.id] for work in reversed(works) if work.id in reports), None)
    return Standing(
        student_id=student_id,
        problem_id=problem_id,
        attempts=len(works),
        last_at=works[-1].handed_in_at,
        seconds=sum(_seconds(work.started_at, work.handed_in_at) for work in works),
        attempt_id=report.attempt_id if report is not None else works[-1].id,
        status=report.status if report is not None else WAITING,
        earned=Fraction(report.earned) if report is not None else None,
        pending=Fraction(report.pending) if report is not None else None,
        available=Fraction(report.available) if report is not None else None,
        first_wrong=report.first_wrong if report is not None else None,
        hints=sum(hints.get(work.id, 0) for work in works),
        given=given,
    )


def _seconds(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start).total_seconds())
