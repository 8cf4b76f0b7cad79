"""A teacher's desk: the classes, and for each a book of its students, sets, work, rulings, marks and uploads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tutor.store.batches import Batches
from tutor.store.codes import draw_class_code
from tutor.store.errors import BadInput, Missing
from tutor.store.events import note
from tutor.store.lines import Lines
from tutor.store.marks import Marks
from tutor.store.records import Classroom, Event
from tutor.store.rows import class_of, event_of
from tutor.store.scope import Scope
from tutor.store.sessions import require
from tutor.store.sets import Sets
from tutor.store.students import Students
from tutor.store.tables import ClassRow, EventRow, TeacherRow
from tutor.store.texts import MAX_TITLE, name_of
from tutor.store.work import Work

if TYPE_CHECKING:
    from tutor.store.store import Store

USUAL_RETENTION = 400  # a school year and the weeks after it
LONGEST_RETENTION = 3_650


class TeacherDesk:
    """What one teacher may see and do."""

    def __init__(self, store: Store, teacher_id: int, token: str = "") -> None:
        self._store = store
        self.teacher_id = teacher_id
        self._token = token

    def classes(self) -> list[Classroom]:
        """The teacher's classes, newest first; none for a disabled account."""
        with self._store.reading() as session:
            require(session, self._token, self._store.now(), teacher_id=self.teacher_id)
            rows = session.scalars(
                select(ClassRow)
                .join(TeacherRow, TeacherRow.id == ClassRow.teacher_id)
                .where(ClassRow.teacher_id == self.teacher_id, TeacherRow.disabled.is_(False))
                .order_by(ClassRow.id.desc())
            )
            return [class_of(row) for row in rows]

    def open_class(
        self, title: str, *, retention_days: int | None = USUAL_RETENTION, pseudonyms: bool = True
    ) -> Classroom:
        """A new class with a code of its own.

        Raises:
            BadInput: the title or the days will not do.
        """
        title = name_of(title, "title", MAX_TITLE)
        days = _days(retention_days)
        while True:
            try:
                with self._store.writing() as session:
                    require(session, self._token, self._store.now(), teacher_id=self.teacher_id)
                    teacher = session.get(TeacherRow, self.teacher_id)
                    if teacher is None or teacher.disabled:
                        raise Missing("This account may not open a class.")
                    row = ClassRow(
                        code=draw_class_code(),
                        title=title,
                        teacher_id=teacher.id,
                        retention_days=days,
                        pseudonyms=pseudonyms,
                        joining=True,
                        created_at=self._store.now(),
                    )
                    session.add(row)
                    session.flush()
                    note(session, row.created_at, f"teacher {teacher.id}", "class opened", class_id=row.id)
                    return class_of(row)
            except IntegrityError:
                continue  # the code is another class's: one chance in 10^10 for each class there is

    def in_class(self, class_id: int) -> Book:
        """The book of a class of this teacher's; each call of it looks up the right again."""
        return Book(Scope(self._store, self.teacher_id, class_id, self._token))


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change of a class; None leaves it. retention_days: 0 keeps work for ever."""

    title: str | None = None
    retention_days: int | None = None
    pseudonyms: bool | None = None
    joining: bool | None = None


class Book:
    """One class, for its teacher."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @cached_property
    def students(self) -> Students:
        """Places, codes, the roster."""
        return Students(self._scope)

    @cached_property
    def sets(self) -> Sets:
        """Problem sets and their versions."""
        return Sets(self._scope)

    @cached_property
    def work(self) -> Work:
        """What was handed in, and how the class stands."""
        return Work(self._scope)

    @cached_property
    def lines(self) -> Lines:
        """Lines that wait for a word, and the rulings."""
        return Lines(self._scope)

    @cached_property
    def marks(self) -> Marks:
        """Marks given by hand."""
        return Marks(self._scope)

    @cached_property
    def batches(self) -> Batches:
        """Uploads of submissions."""
        return Batches(self._scope)

    def room(self) -> Classroom:
        """The class itself; raises Missing where it is not this teacher's."""
        with self._scope.reading() as session:
            return class_of(self._scope.room(session))

    def change(self, change: Change) -> Classroom:
        """Other settings; raises BadInput."""
        with self._scope.writing() as session:
            row = self._scope.room(session)
            if change.title is not None:
                row.title = name_of(change.title, "title", MAX_TITLE)
            if change.retention_days is not None:
                row.retention_days = _days(change.retention_days or None)
            if change.pseudonyms is not None:
                row.pseudonyms = change.pseudonyms
            if change.joining is not None:
                row.joining = change.joining
            self._scope.note(session, "class changed")
            return class_of(row)

    def new_code(self) -> Classroom:
        """Another code, where the old one got about; students come back with the new one."""
        while True:
            try:
                with self._scope.writing() as session:
                    row = self._scope.room(session)
                    row.code = draw_class_code()
                    self._scope.note(session, "class code drawn anew")
                    session.flush()
                    return class_of(row)
            except IntegrityError:
                continue

    def delete(self) -> None:
        """The class with all that is in it, for good."""
        with self._scope.writing() as session:
            self._scope.note(session, "class deleted")
            session.delete(self._scope.room(session))
        self._scope.store.upkeep.overwrite()

    def note_export(self, what: str) -> None:
        """Write down that a file of the class was taken away; what: without a student's text or name."""
        with self._scope.writing() as session:
            self._scope.note(session, "exported", detail=what)

    def events(self, limit: int = 200) -> list[Event]:
        """Who looked at or did what in this class, newest first."""
        with self._scope.reading() as session:
            of_class = select(EventRow).where(EventRow.class_id == self._scope.class_id)
            return [event_of(row) for row in session.scalars(of_class.order_by(EventRow.id.desc()).limit(limit))]


def _days(days: int | None) -> int | None:
    if days is not None and not 1 <= days <= LONGEST_RETENTION:
        raise BadInput(f"Work is kept for 1 to {LONGEST_RETENTION} days, or for ever; not for {days}.")
    return days
