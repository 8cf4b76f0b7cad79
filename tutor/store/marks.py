"""Marks that a teacher gives, beside the program's. Rows are added, never changed, so it can be seen what was when."""

from __future__ import annotations

import re
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from tutor.store.errors import BadInput
from tutor.store.records import GivenMark
from tutor.store.reports import last_reports
from tutor.store.rows import given_of
from tutor.store.scope import Scope
from tutor.store.tables import AttemptRow, MarkRow
from tutor.store.texts import bounded

MAX_MARK = Fraction(10_000)
MAX_WHY = 2_000
_WHOLE = r"[0-9]{1,6}"
WRITTEN = re.compile(
    rf"(?P<whole>{_WHOLE}(?:\.{_WHOLE})?)|(?:(?P<wholes>{_WHOLE}) +)?(?P<above>{_WHOLE}) ?/ ?(?P<below>{_WHOLE})"
)


def read_mark(typed: str) -> Fraction:
    """An exact number of marks as people write it.

    >>> [str(read_mark(typed)) for typed in ("2", "5/2", "2,5", "2 1/2", " 1/3 ")]
    ['2', '5/2', '5/2', '5/2', '1/3']

    Raises:
        BadInput: it is none.
    """
    found = WRITTEN.fullmatch(typed.strip().replace(",", "."))
    if found is None or (found["below"] and not int(found["below"])):
        raise BadInput(f'"{typed[:40]}" is no number of marks; write one such as 2, 2.5 or 5/2.')
    whole = Fraction(found["whole"] or found["wholes"] or 0)
    return whole + (Fraction(int(found["above"]), int(found["below"])) if found["below"] else 0)


class Marks:
    """The marks that were given by hand in one class."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def give(self, student_id: int, set_id: int, problem_id: str, earned: Fraction, why: str = "") -> GivenMark:
        """Give a student a mark for a problem; the program's own at this moment is kept beside it.

        Raises:
            BadInput: it is no mark, or more than the problem has.
            Missing: no such student or set in this class.
        """
        why = bounded(why, "reason", MAX_WHY)
        if not 0 <= earned <= MAX_MARK:
            raise BadInput(f"{earned} is no number of marks.")
        with self._scope.writing() as session:
            self._scope.student(session, student_id)
            self._scope.set_of(session, set_id)
            automatic, available = _automatic(session, student_id, set_id, problem_id)
            if available is not None and earned > available:
                raise BadInput(f"{earned} marks, where there are {available} for this problem.")
            row = self._row(session, student_id, set_id, problem_id)
            row.earned, row.why = str(earned), why
            row.automatic = None if automatic is None else str(automatic)
            session.add(row)
            session.flush()
            self._scope.note(session, "mark given", about=student_id)
            given = given_of(row)
            assert given is not None
            return given

    def take_back(self, student_id: int, set_id: int, problem_id: str, why: str = "") -> None:
        """Let the program's mark count again; raises Missing."""
        why = bounded(why, "reason", MAX_WHY)
        with self._scope.writing() as session:
            self._scope.student(session, student_id)
            self._scope.set_of(session, set_id)
            row = self._row(session, student_id, set_id, problem_id)
            row.earned, row.why, row.automatic = None, why, None
            session.add(row)
            self._scope.note(session, "mark taken back", about=student_id)

    def of_set(self, set_id: int) -> dict[tuple[int, str], GivenMark]:
        """The marks that count, by student and problem; raises Missing."""
        with self._scope.reading() as session:
            self._scope.set_of(session, set_id)
            return given_marks(session, self._scope.class_id, set_id)

    def _row(self, session: Session, student_id: int, set_id: int, problem_id: str) -> MarkRow:
        return MarkRow(
            class_id=self._scope.class_id,
            student_id=student_id,
            set_id=set_id,
            problem_id=problem_id,
            by=self._scope.teacher_name(session),
            at=self._scope.now(),
        )


def given_marks(session: Session, class_id: int, set_id: int) -> dict[tuple[int, str], GivenMark]:
    """The marks that count, by student and problem: the last of each, unless it was taken back."""
    found = select(MarkRow).where(MarkRow.class_id == class_id, MarkRow.set_id == set_id).order_by(MarkRow.id)
    last = {(row.student_id, row.problem_id): given_of(row) for row in session.scalars(found)}
    return {whose: mark for whose, mark in last.items() if mark is not None}


def _automatic(
    session: Session, student_id: int, set_id: int, problem_id: str
) -> tuple[Fraction | None, Fraction | None]:
    """What the program gave, and what there is to earn; None where nothing is marked."""
    works = session.scalars(
        select(AttemptRow.id)
        .where(AttemptRow.student_id == student_id, AttemptRow.set_id == set_id, AttemptRow.problem_id == problem_id)
        .order_by(AttemptRow.id)
    ).all()
    reports = last_reports(session, works)
    if not reports:
        return None, None
    report = reports[max(reports)]
    return Fraction(report.earned), Fraction(report.available)
