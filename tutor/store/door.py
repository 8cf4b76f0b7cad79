"""Where students come in: by the code of the class, and again by a code of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tutor.store.codes import CLASS_CODE, draw_personal_code, grouped, plain_code
from tutor.store.errors import BadInput, Refused
from tutor.store.events import note
from tutor.store.passwords import code_fits, hash_code
from tutor.store.pseudonyms import draw_pseudonym
from tutor.store.records import Classroom, Joined, Student
from tutor.store.rows import class_of, student_of
from tutor.store.tables import ClassRow, StudentRow
from tutor.store.texts import MAX_NAME, key_of, name_of
from tutor.store.throttle import admitted

if TYPE_CHECKING:
    from tutor.store.store import Store

MAX_STUDENTS = 1_000
MAX_TYPED = 200


class Door:
    """The door of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, code: str, address: str) -> Classroom:
        """The class that a code opens. address: the browser's.

        Raises:
            Refused: no class has it.
            TooManyTries: too many codes were tried from there.
        """
        plain = plain_code(code)
        with admitted(self._store, "class", plain, address), self._store.reading() as session:
            return class_of(_class(session, plain))

    def join(self, code: str, name: str, address: str) -> Joined:
        """A new place in a class. An empty name is filled with a pseudonym where the class has them.

        Raises:
            Refused: no class has the code, nobody new may join it, or the name is taken or will not do.
            TooManyTries: too many codes were tried from there.
        """
        plain = plain_code(code)
        wanted = ""
        with admitted(self._store, "class", plain, address), self._store.reading() as session:
            room = class_of(_class(session, plain))
        if name.strip() or not room.pseudonyms:
            try:
                wanted = name_of(name[:MAX_TYPED], "name", MAX_NAME)
            except BadInput as error:
                raise Refused(str(error)) from None
        personal = draw_personal_code()
        hashed = hash_code(personal)
        while True:
            try:
                return Joined(self._take_place(room.id, wanted, hashed), grouped(personal))
            except IntegrityError:
                if wanted:
                    raise _taken(wanted) from None  # between looking and writing

    def _take_place(self, class_id: int, wanted: str, hashed: str) -> Student:
        now = self._store.now()
        with self._store.writing() as session:
            room = session.get(ClassRow, class_id)
            if room is None or not room.joining:
                raise Refused("This class takes in nobody new. Please ask your teacher.")
            taken = set(session.scalars(select(StudentRow.key).where(StudentRow.class_id == class_id)))
            if len(taken) >= MAX_STUDENTS:
                raise Refused("This class is full: it has {n} students.", n=MAX_STUDENTS)
            name = wanted or draw_pseudonym(taken)
            if key_of(name) in taken:
                raise _taken(name)
            row = StudentRow(class_id=class_id, name=name, key=key_of(name), personal_code=hashed)
            row.joined_at = row.seen_at = now
            session.add(row)
            session.flush()
            note(session, now, f"student {row.id}", "joined", class_id=class_id, about=row.id)
            return student_of(row)

    def come_back(self, code: str, name: str, personal_code: str, address: str) -> Student:
        """The place that the code of the class, the name and the personal code open together.

        Raises:
            Refused: they open none, and nothing tells which of them does not fit.
            TooManyTries: this was tried too often.
        """
        plain, key = plain_code(code), key_of(name[:MAX_TYPED])
        with admitted(self._store, "student", f"{plain} {key}", address):
            with self._store.reading() as session:
                found = session.scalar(
                    select(StudentRow)
                    .join(ClassRow, ClassRow.id == StudentRow.class_id)
                    .where(ClassRow.code == plain, StudentRow.key == key)
                )
            if not code_fits(found.personal_code if found else None, plain_code(personal_code)) or found is None:
                raise Refused("The code of the class, the name or your own code does not fit.")
        with self._store.writing() as session:
            row = session.get(StudentRow, found.id)
            if row is None:
                raise Refused("This place was deleted.")
            row.seen_at = self._store.now()
            return student_of(row)


def _taken(name: str) -> Refused:
    return Refused('Somebody in this class is called "{name}". If it is you, come in with your own code.', name=name)


def _class(session: Session, plain: str) -> ClassRow:
    row = session.scalar(select(ClassRow).where(ClassRow.code == plain)) if len(plain) == CLASS_CODE else None
    if row is None:
        pattern = grouped("CDFGHJKM")
        raise Refused(
            "No class has this code. It has {n} letters and digits, such as {pattern}.", n=CLASS_CODE, pattern=pattern
        )
    return row
