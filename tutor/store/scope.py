"""The right of one teacher to one class, looked up anew in every transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from tutor.store.errors import Missing
from tutor.store.events import note
from tutor.store.sessions import require
from tutor.store.tables import AttemptRow, ClassRow, EventRow, SetRow, StudentRow, TeacherRow, VersionRow

if TYPE_CHECKING:
    from tutor.store.store import Store


ONE_LOOK = timedelta(minutes=10)


class Scope:
    """Transactions within one class of one teacher; whatever they ask for is asked for with `class_id`."""

    def __init__(self, store: Store, teacher_id: int, class_id: int, token: str = "") -> None:
        self.store = store
        self.teacher_id = teacher_id
        self.class_id = class_id
        self._token = token

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """To look.

        Raises:
            Missing: the class is not there, or not this teacher's, or the account is disabled.
            SignedOut: the session that the calls are made in is over.
        """
        with self.store.reading() as session:
            self._check(session)
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """To change; raises as `reading`."""
        with self.store.writing() as session:
            self._check(session)
            yield session

    def _check(self, session: Session) -> None:
        require(session, self._token, self.now(), teacher_id=self.teacher_id)
        right = session.scalar(
            select(ClassRow.id)
            .join(TeacherRow, TeacherRow.id == ClassRow.teacher_id)
            .where(ClassRow.id == self.class_id, TeacherRow.id == self.teacher_id, TeacherRow.disabled.is_(False))
        )
        if right is None:
            raise Missing("There is no such class among yours.")

    def now(self) -> datetime:
        """The store's clock."""
        return self.store.now()

    def note(self, session: Session, what: str, about: int | None = None, detail: str = "") -> None:
        """Write down that this teacher looked at or did it."""
        actor = f"teacher {self.teacher_id}"
        note(session, self.now(), actor, what, class_id=self.class_id, about=about, detail=detail)

    def note_look(self, session: Session, what: str, about: int | None = None) -> None:
        """Write down that this teacher looked at it; once, where a page is drawn again and again."""
        actor, since = f"teacher {self.teacher_id}", self.now() - ONE_LOOK
        lately = select(EventRow.id).where(
            EventRow.class_id == self.class_id,
            EventRow.actor == actor,
            EventRow.what == what,
            EventRow.about.is_(None) if about is None else EventRow.about == about,
            EventRow.at > since,
        )
        if session.scalar(lately.limit(1)) is None:
            self.note(session, what, about)

    def teacher_name(self, session: Session) -> str:
        """The name that rulings and marks carry."""
        return session.get_one(TeacherRow, self.teacher_id).name

    def room(self, session: Session) -> ClassRow:
        """The class's own row."""
        return session.get_one(ClassRow, self.class_id)

    def student(self, session: Session, student_id: int) -> StudentRow:
        """A student of the class.

        Raises:
            Missing: none has that number.
        """
        row = session.get(StudentRow, student_id)
        if row is None or row.class_id != self.class_id:
            raise Missing("There is no such student in this class.")
        return row

    def set_of(self, session: Session, set_id: int) -> SetRow:
        """A problem set of the class; raises Missing."""
        row = session.get(SetRow, set_id)
        if row is None or row.class_id != self.class_id:
            raise Missing("There is no such problem set in this class.")
        return row

    def version(self, session: Session, version_id: int) -> VersionRow:
        """A version of a set of the class; raises Missing."""
        row = session.get(VersionRow, version_id)
        if row is None or row.class_id != self.class_id:
            raise Missing("There is no such problem set in this class.")
        return row

    def attempt(self, session: Session, attempt_id: int) -> AttemptRow:
        """An attempt of a student of the class; raises Missing."""
        row = session.get(AttemptRow, attempt_id)
        if row is None or row.class_id != self.class_id:
            raise Missing("There is no such work in this class.")
        return row
