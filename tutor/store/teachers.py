"""Teachers' accounts: made from the command line, entered with a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tutor.store.errors import BadInput, Missing, Refused
from tutor.store.events import note
from tutor.store.passwords import acceptable_password, fits, hash_password, outdated
from tutor.store.records import Teacher
from tutor.store.rows import teacher_of
from tutor.store.sessions import end_all
from tutor.store.tables import TeacherRow
from tutor.store.texts import key_of, name_of
from tutor.store.throttle import admitted

if TYPE_CHECKING:
    from tutor.store.store import Store

MAX_LOGIN = 200


class Teachers:
    """The accounts of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, login: str, password: str, name: str = "") -> Teacher:
        """A new account.

        Raises:
            BadInput: the login is taken, or one of the three will not do.
        """
        login = name_of(login, "login", MAX_LOGIN)
        if " " in login:
            raise BadInput(f'The login "{login}" has a blank in it; take an e-mail address or one word.')
        hashed = hash_password(acceptable_password(password, login))
        row = TeacherRow(login=login, key=key_of(login), name=name_of(name or login, longest=MAX_LOGIN))
        row.password, row.disabled, row.created_at = hashed, False, self._store.now()
        try:
            with self._store.writing() as session:
                session.add(row)
                session.flush()
                note(session, self._store.now(), "admin", "teacher added", about=row.id)
                return teacher_of(row)
        except IntegrityError:
            raise BadInput(f'There is a teacher "{login}" already.') from None

    def all(self) -> list[Teacher]:
        """All accounts, by login."""
        with self._store.reading() as session:
            return [teacher_of(row) for row in session.scalars(select(TeacherRow).order_by(TeacherRow.key))]

    def reset_password(self, login: str, password: str) -> Teacher:
        """Give an account another password; whoever was signed in is signed out.

        Raises:
            Missing: there is no such account.
            BadInput: the password will not do.
        """
        hashed = hash_password(acceptable_password(password, login))
        with self._store.writing() as session:
            row = _found(session, login)
            row.password = hashed
            end_all(session, teacher_id=row.id)
            note(session, self._store.now(), "admin", "password reset", about=row.id)
            return teacher_of(row)

    def set_disabled(self, login: str, *, disabled: bool) -> Teacher:
        """Shut an account out, or let it in again; its classes and their work stay.

        Raises:
            Missing: there is no such account.
        """
        with self._store.writing() as session:
            row = _found(session, login)
            row.disabled = disabled
            if disabled:
                end_all(session, teacher_id=row.id)
            note(session, self._store.now(), "admin", "disabled" if disabled else "enabled", about=row.id)
            return teacher_of(row)

    def known(self, login: str) -> Teacher | None:
        """The account of somebody whom another service has identified by that e-mail address; None where it is none."""
        with self._store.reading() as session:
            row = session.scalar(select(TeacherRow).where(TeacherRow.key == key_of(login[:MAX_LOGIN])))
            return None if row is None or row.disabled else teacher_of(row)

    def sign_in(self, login: str, password: str, address: str) -> Teacher:
        """The account that login and password open; give it to `sessions.begin`. address: the browser's.

        Raises:
            Refused: they open none, and nothing tells which of the two does not fit.
            TooManyTries: this was tried too often.
        """
        with admitted(self._store, "teacher", login[:MAX_LOGIN], address):
            with self._store.reading() as session:
                row = session.scalar(select(TeacherRow).where(TeacherRow.key == key_of(login[:MAX_LOGIN])))
            if not fits(row.password if row is not None else None, password) or row is None:
                raise Refused("The login or the password does not fit.")
            if row.disabled:
                raise Refused("This account is disabled. Please ask whoever runs this site.")
        with self._store.writing() as session:
            stored = session.get_one(TeacherRow, row.id)
            if outdated(stored.password) and stored.password == row.password:
                stored.password = hash_password(password)
            note(session, self._store.now(), f"teacher {row.id}", "signed in")
            return teacher_of(stored)


def _found(session: Session, login: str) -> TeacherRow:
    row = session.scalar(select(TeacherRow).where(TeacherRow.key == key_of(login)))
    if row is None:
        raise Missing(f'There is no teacher "{login}".')
    return row
