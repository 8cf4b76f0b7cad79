"""A student's own place: the open problem sets, drafts, work, hints and objections. Nobody else's can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import false, func, select
from sqlalchemy.orm import Session

from tutor.store.cases import case_key
from tutor.store.errors import Missing, NotTaken
from tutor.store.events import note
from tutor.store.privacy import delete_student, everything_of
from tutor.store.records import (
    Attempt,
    Classroom,
    Dispute,
    GivenMark,
    HintTaken,
    Ruling,
    SetContent,
    SetVersion,
    State,
    Student,
)
from tutor.store.reports import exam_runs, last_reports, withheld
from tutor.store.rows import attempt_of, checked_of, class_of, given_of, ruling_of, student_of, version_of
from tutor.store.sessions import require
from tutor.store.tables import (
    AttemptRow,
    ClassRow,
    DisputeRow,
    DraftRow,
    HintRow,
    LineRow,
    MarkRow,
    ReportRow,
    RulingRow,
    SetRow,
    StudentRow,
    VersionRow,
)
from tutor.store.texts import MAX_LINE, storable

if TYPE_CHECKING:
    from tutor.store.store import Store

MAX_WORK: Final = 200_000
MAX_WHY: Final = 2_000
MAX_OBJECTIONS: Final = 200


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """Work that was not handed in. started_at: when the student began with it."""

    problem_id: str
    work: str
    started_at: datetime
    at: datetime


class Place:
    """What one student may see and do."""

    def __init__(self, store: Store, student_id: int, token: str = "") -> None:
        self._store = store
        self.student_id = student_id
        self._token = token

    @contextmanager
    def _reading(self) -> Iterator[tuple[Session, StudentRow]]:
        with self._store.reading() as session:
            yield session, self._me(session)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Session, StudentRow]]:
        with self._store.writing() as session:
            yield session, self._me(session, lock=True)

    def _me(self, session: Session, *, lock: bool = False) -> StudentRow:
        require(session, self._token, self._store.now(), student_id=self.student_id)
        # The lock makes one student's tabs take turns, so that the count of tries is right; SQLite's writers do anyway.
        row = session.get(StudentRow, self.student_id, with_for_update=lock)
        if row is None:
            raise Missing("This place was deleted.")
        return row

    def me(self) -> Student:
        """The student; raises Missing once the place is deleted, as all calls do."""
        with self._reading() as (_, me):
            return student_of(me)

    def room(self) -> Classroom:
        """The class."""
        with self._reading() as (session, me):
            return class_of(session.get_one(ClassRow, me.class_id))

    # ---------------------------------------------------------------- problem sets

    def sets(self) -> list[SetVersion]:
        """The published sets: first those with the nearest end, then those without one."""
        with self._reading() as (session, me):
            found = session.execute(
                select(VersionRow, SetRow)
                .join(SetRow, SetRow.id == VersionRow.set_id)
                .where(VersionRow.class_id == me.class_id, VersionRow.state == State.PUBLISHED.value)
            )
            versions = [version_of(row, of) for row, of in found]
            return sorted(versions, key=lambda v: (v.due is None, v.due or v.created_at, v.name))

    def content(self, version_id: int) -> SetContent:
        """The problems of a published set, or of one that the student has worked on; raises Missing."""
        with self._reading() as (session, me):
            row = self._visible(session, me, version_id)
            return SetContent(row.source_name, b"", row.yaml)

    def _visible(self, session: Session, me: StudentRow, version_id: int) -> VersionRow:
        row = session.get(VersionRow, version_id)
        if row is not None and row.class_id == me.class_id:
            if row.state == State.PUBLISHED:
                return row
            worked = select(AttemptRow.id).where(AttemptRow.student_id == me.id, AttemptRow.version_id == row.id)
            if session.scalar(worked.limit(1)) is not None:
                return row
        raise Missing("There is no such problem set in your class.")

    # ---------------------------------------------------------------- drafts

    def save_draft(self, set_id: int, problem_id: str, work: str, *, seen: datetime | None = None) -> datetime | None:
        """Keep what is written so far; an empty text throws it away. The moment of it; raises NotTaken, Missing.

        seen: of the last draft that whoever writes has seen, such as an older tab. Where there is a later one, nothing
        is stored, and None is returned.
        """
        if len(work) > MAX_WORK:
            raise _too_long(work)
        with self._writing() as (session, me):
            of = session.get(SetRow, set_id)
            if of is None or of.class_id != me.class_id:
                raise Missing("There is no such problem set in your class.")
            now = self._store.now()
            row = session.get(DraftRow, (me.id, set_id, problem_id))
            if row is not None and seen is not None and row.at > seen:
                return None
            if not work.strip():
                if row is not None:
                    session.delete(row)
                return now
            if row is None:
                row = DraftRow(student_id=me.id, set_id=set_id, problem_id=problem_id, class_id=me.class_id)
                row.started_at = now
                session.add(row)
            row.work, row.at = storable(work), now
            me.seen_at = now
            return now

    def drafts(self, set_id: int) -> dict[str, SavedDraft]:
        """The drafts for a set, by problem."""
        with self._reading() as (session, me):
            rows = session.scalars(select(DraftRow).where(DraftRow.student_id == me.id, DraftRow.set_id == set_id))
            return {row.problem_id: SavedDraft(row.problem_id, row.work, row.started_at, row.at) for row in rows}

    # ---------------------------------------------------------------- work

    def hand_in(self, version_id: int, problem_id: str, work: str, started_at: datetime | None = None) -> Attempt:
        """Take the work; when this returns, it is stored, and waits in `checking` for its report.

        The same work handed in twice in a row (a double click, a reload) is one attempt. started_at: None for when its
        draft was begun, or now.

        Raises:
            NotTaken: the set is not open, the end has passed (of an exam), the tries are used up, or it is too long.
        """
        if len(work) > MAX_WORK:
            raise _too_long(work)
        work = storable(work)
        with self._writing() as (session, me):
            now = self._store.now()
            version = session.get(VersionRow, version_id)
            if version is None or version.class_id != me.class_id or version.state != State.PUBLISHED:
                raise NotTaken("This problem set is not open. Please go back to the list of sets.")
            if problem_id not in version.problem_ids:
                raise NotTaken("This problem is not in the set any more. Please go back to the list of problems.")
            mine = (
                AttemptRow.student_id == me.id,
                AttemptRow.set_id == version.set_id,
                AttemptRow.problem_id == problem_id,
            )
            last = session.scalar(select(AttemptRow).where(*mine).order_by(AttemptRow.id.desc()).limit(1))
            if last is not None and last.version_id == version.id and last.work == work:
                return self._shown(session, [last])[0]
            late = version.due is not None and now > version.due
            if late and version.exam:
                raise NotTaken("The exam is over; nothing more can be handed in.")
            if version.tries is not None:
                used = session.scalar(select(func.count()).select_from(AttemptRow).where(*mine)) or 0
                if used >= version.tries:
                    if version.tries == 1:
                        raise NotTaken("This problem can be handed in once, and you have done so.")
                    raise NotTaken("This problem can be handed in {n} times, and you have done so.", n=version.tries)
            draft = session.get(DraftRow, (me.id, version.set_id, problem_id))
            begun = started_at or (draft.started_at if draft is not None else now)
            row = AttemptRow(
                class_id=me.class_id,
                student_id=me.id,
                set_id=version.set_id,
                version_id=version.id,
                problem_id=problem_id,
                work=work,
                started_at=min(begun, now),
                handed_in_at=now,
                late=late,
            )
            session.add(row)
            if draft is not None:
                session.delete(draft)
            me.seen_at = now
            session.flush()
            return attempt_of(row, withheld=withheld(session, version, now))

    def attempts(self, *, set_id: int | None = None, problem_id: str | None = None) -> list[Attempt]:
        """The student's own work, oldest first, each with its last report; in an exam without, until the end."""
        with self._reading() as (session, me):
            found = select(AttemptRow).where(AttemptRow.student_id == me.id).order_by(AttemptRow.id)
            if set_id is not None:
                found = found.where(AttemptRow.set_id == set_id)
            if problem_id is not None:
                found = found.where(AttemptRow.problem_id == problem_id)
            return self._shown(session, list(session.scalars(found)))

    def attempt(self, attempt_id: int) -> Attempt:
        """One of the student's own; raises Missing."""
        with self._reading() as (session, me):
            return self._shown(session, [self._mine(session, me, attempt_id)])[0]

    def _mine(self, session: Session, me: StudentRow, attempt_id: int) -> AttemptRow:
        row = session.get(AttemptRow, attempt_id)
        if row is None or row.student_id != me.id:
            raise Missing("There is no such work of yours.")
        return row

    def _shown(self, session: Session, rows: list[AttemptRow]) -> list[Attempt]:
        now = self._store.now()
        reports = last_reports(session, [row.id for row in rows])
        hidden = {n: withheld(session, session.get_one(VersionRow, n), now) for n in {row.version_id for row in rows}}
        return [
            attempt_of(
                row,
                checked_of(reports[row.id]) if row.id in reports else None,
                withheld=hidden[row.version_id],
            )
            for row in rows
        ]

    # ---------------------------------------------------------------- hints and objections

    def take_hint(self, attempt_id: int, line: int, rung: int) -> HintTaken:
        """Note that a hint was asked for; raises NotTaken in an exam."""
        with self._writing() as (session, me):
            attempt = self._mine(session, me, attempt_id)
            version = session.get_one(VersionRow, attempt.version_id)
            if version.exam or withheld(session, version, self._store.now()):
                raise NotTaken("There are no hints in an exam.")
            row = session.get(HintRow, (attempt_id, line, rung))
            if row is None:
                row = HintRow(attempt_id=attempt_id, line=line, rung=rung, class_id=me.class_id, at=self._store.now())
                session.add(row)
            return HintTaken(attempt_id, line, rung, row.at)

    def hints(self, attempt_id: int) -> list[HintTaken]:
        """The hints taken with an attempt."""
        with self._reading() as (session, me):
            self._mine(session, me, attempt_id)
            rows = session.scalars(select(HintRow).where(HintRow.attempt_id == attempt_id))
            return sorted((HintTaken(r.attempt_id, r.line, r.rung, r.at) for r in rows), key=lambda h: (h.line, h.rung))

    def object_to(self, attempt_id: int, line: int, why: str = "") -> Dispute:
        """Send a line to the teacher: "I think this is right". Once a line; later words take the earlier ones' place.

        Raises:
            NotTaken: the report says nothing of that line, or the student has objected very often.
        """
        with self._writing() as (session, me):
            attempt = self._mine(session, me, attempt_id)
            report = last_reports(session, [attempt.id]).get(attempt.id)
            if report is None or withheld(session, session.get_one(VersionRow, attempt.version_id), self._store.now()):
                raise NotTaken("This work has no verdicts yet.")
            text = _text_of(report, line)
            if text is None:
                raise NotTaken("The work has no such line.")
            key = case_key(attempt.problem_id, text)
            mine = select(func.count()).select_from(DisputeRow).join(AttemptRow).where(AttemptRow.student_id == me.id)
            row = session.scalar(select(DisputeRow).where(DisputeRow.attempt_id == attempt.id, DisputeRow.line == line))
            if row is None:
                if (session.scalar(mine) or 0) >= MAX_OBJECTIONS:
                    raise NotTaken("You have sent very many lines to your teacher. Please talk to them.")
                row = DisputeRow(class_id=me.class_id, attempt_id=attempt.id, line=line, key=key)
                row.at = self._store.now()
                session.add(row)
            row.text, row.why = text[:MAX_LINE], storable(why[:MAX_WHY])
            session.flush()
            return self._dispute(session, row, attempt)

    def objections(self) -> list[Dispute]:
        """The lines that the student has sent to the teacher, and which of them are settled."""
        with self._reading() as (session, me):
            found = session.execute(
                select(DisputeRow, AttemptRow)
                .join(AttemptRow, AttemptRow.id == DisputeRow.attempt_id)
                .where(AttemptRow.student_id == me.id)
                .order_by(DisputeRow.id)
            )
            return [self._dispute(session, row, attempt) for row, attempt in found]

    def _dispute(self, session: Session, row: DisputeRow, attempt: AttemptRow) -> Dispute:
        settled = session.scalar(
            select(RulingRow.id).where(
                RulingRow.set_id == attempt.set_id,
                RulingRow.problem_id == attempt.problem_id,
                RulingRow.key == row.key,
            )
        )
        return Dispute(
            row.id,
            attempt.id,
            attempt.student_id,
            attempt.set_id,
            attempt.problem_id,
            row.line,
            row.text,
            row.why,
            row.at,
            settled,
        )

    def rulings(self, set_id: int) -> dict[str, Ruling]:
        """The teacher's words on lines of a set that stand in the student's own work, by `case_key`."""
        with self._reading() as (session, me):
            if exam_runs(session, set_id, self._store.now()):
                return {}
            runs_on = VersionRow.exam & (VersionRow.due >= self._store.now())
            mine = (
                select(LineRow.report_id)
                .join(ReportRow, ReportRow.id == LineRow.report_id)
                .join(AttemptRow, AttemptRow.id == ReportRow.attempt_id)
                .join(VersionRow, VersionRow.id == AttemptRow.version_id)
                .where(
                    AttemptRow.student_id == me.id,
                    AttemptRow.set_id == RulingRow.set_id,
                    AttemptRow.problem_id == RulingRow.problem_id,
                    LineRow.key == RulingRow.key,
                    ~func.coalesce(runs_on, false()),
                )
            )
            found = select(RulingRow).where(
                RulingRow.class_id == me.class_id, RulingRow.set_id == set_id, mine.exists()
            )
            return {row.key: ruling_of(row) for row in session.scalars(found)}

    def given_marks(self, set_id: int) -> dict[str, GivenMark]:
        """The marks that the teacher gave this student, by problem; in an exam none until the end."""
        with self._reading() as (session, me):
            if exam_runs(session, set_id, self._store.now()):
                return {}
            found = select(MarkRow).where(MarkRow.student_id == me.id, MarkRow.set_id == set_id).order_by(MarkRow.id)
            last = {row.problem_id: given_of(row) for row in session.scalars(found)}
            return {problem_id: mark for problem_id, mark in last.items() if mark is not None}

    # ---------------------------------------------------------------- the student's rights

    def export(self) -> dict[str, Any]:
        """All that is stored about the student, but for the teacher's roster, as one object for a JSON file."""
        with self._writing() as (session, me):
            note(session, self._store.now(), f"student {me.id}", "exported", class_id=me.class_id, about=me.id)
            return everything_of(session, me, roster=False, now=self._store.now())

    def delete(self) -> None:
        """The student with all work, for good."""
        with self._writing() as (session, me):
            note(session, self._store.now(), f"student {me.id}", "deleted", class_id=me.class_id, about=me.id)
            delete_student(session, me)
        self._store.upkeep.overwrite()


def _text_of(report: ReportRow, line: int) -> str | None:
    for step in report.report.get("steps", ()):
        if step.get("line") == line:
            return str(step.get("text", ""))
    return None


def _too_long(work: str) -> NotTaken:
    return NotTaken("The work has {n} characters; at most {most} can be taken.", n=len(work), most=MAX_WORK)
