"""The students of a class, for its teacher: names, personal codes, the roster, export and deletion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tutor.store.codes import draw_personal_code, grouped
from tutor.store.errors import BadInput
from tutor.store.passwords import hash_code
from tutor.store.privacy import delete_student, everything_of
from tutor.store.records import RosterLine, Student
from tutor.store.rows import student_of
from tutor.store.scope import Scope
from tutor.store.sessions import end_all
from tutor.store.tables import RosterRow, StudentRow
from tutor.store.texts import MAX_TITLE, key_of, name_of, one_line


class Students:
    """The students of one class."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def all(self) -> list[Student]:
        """All of them, by name."""
        with self._scope.reading() as session:
            rows = session.scalars(
                select(StudentRow).where(StudentRow.class_id == self._scope.class_id).order_by(StudentRow.key)
            )
            return [student_of(row) for row in rows]

    def rename(self, student_id: int, name: str) -> Student:
        """Another name for a place; raises BadInput where it is taken or will not do."""
        name = name_of(name)
        try:
            with self._scope.writing() as session:
                row = self._scope.student(session, student_id)
                row.name, row.key = name, key_of(name)
                session.flush()
                self._scope.note(session, "student renamed", about=student_id)
                return student_of(row)
        except IntegrityError:
            raise BadInput(f'Somebody in this class is called "{name}" already.') from None

    def reset_code(self, student_id: int) -> str:
        """A new personal code for a place, to be told to its student; the old one and its sessions end."""
        code = draw_personal_code()
        hashed = hash_code(code)
        with self._scope.writing() as session:
            self._scope.student(session, student_id).personal_code = hashed
            end_all(session, student_id=student_id)
            self._scope.note(session, "personal code reset", about=student_id)
        return grouped(code)

    def roster(self) -> list[RosterLine]:
        """Who each pseudonym is, as far as the teacher has said; that it was looked at is noted."""
        with self._scope.writing() as session:
            self._scope.note_look(session, "roster viewed")
            rows = session.execute(
                select(StudentRow.id, StudentRow.name, RosterRow.gradebook_id, RosterRow.full_name)
                .outerjoin(RosterRow, RosterRow.student_id == StudentRow.id)
                .where(StudentRow.class_id == self._scope.class_id)
                .order_by(StudentRow.key)
            )
            return [RosterLine(n, name, gradebook or "", full or "") for n, name, gradebook, full in rows]

    def set_roster(self, lines: Iterable[RosterLine]) -> None:
        """Say who these are, all or none; the pseudonyms in the lines are not looked at.

        Raises:
            BadInput: one gradebook id stands for two students.
            Missing: a line is about nobody of this class.
        """
        cleaned = [(line.student_id, one_line(line.gradebook_id), one_line(line.full_name)) for line in lines]
        for _, gradebook_id, full_name in cleaned:
            if max(len(gradebook_id), len(full_name)) > MAX_TITLE:
                raise BadInput(f"A gradebook id or name has more than {MAX_TITLE} characters.")
        with self._scope.writing() as session:
            self._scope.store.lock(session, self._scope.class_id)
            rows = {}
            for student_id, gradebook_id, full_name in cleaned:
                self._scope.student(session, student_id)
                row = session.get(RosterRow, student_id)
                if row is None:
                    row = RosterRow(student_id=student_id, class_id=self._scope.class_id)
                    session.add(row)
                row.gradebook_id, row.full_name = None, full_name  # first let go of all, so that ids may change hands
                rows[student_id] = (row, gradebook_id)
            session.flush()
            given = {row_id: name for _, (row, name) in rows.items() if (row_id := row.student_id)}
            held = session.scalars(select(RosterRow).where(RosterRow.class_id == self._scope.class_id))
            taken = {row.gradebook_id: row.student_id for row in held if row.gradebook_id}
            for student_id, gradebook_id in given.items():
                if gradebook_id and taken.setdefault(gradebook_id, student_id) != student_id:
                    raise BadInput(f'The gradebook id "{gradebook_id}" stands for two students.')
                rows[student_id][0].gradebook_id = gradebook_id or None
            self._scope.note(session, "roster changed", detail=f"{len(given)} lines")

    def export(self, student_id: int) -> dict[str, Any]:
        """All that is stored about a student, the roster included, as one object for a JSON file; noted."""
        with self._scope.writing() as session:
            row = self._scope.student(session, student_id)
            self._scope.note(session, "student exported", about=student_id)
            return everything_of(session, row, roster=True)

    def delete(self, student_id: int) -> None:
        """A student with all work, marks and reports, rows of uploads included, for good."""
        with self._scope.writing() as session:
            row = self._scope.student(session, student_id)
            self._scope.note(session, "student deleted", about=student_id)
            delete_student(session, row)
        self._scope.store.upkeep.overwrite()
