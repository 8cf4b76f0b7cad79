"""Who is signed in: a token in the browser, its digest here, and an end to it that the server decides.

A token is 256 bits from `secrets`. Nothing of it can be forged or worked out from this table, and a session ends with
its account: when the account is disabled or deleted, or its password or code is set anew.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tutor.store.codes import digest, draw_token
from tutor.store.errors import SignedOut
from tutor.store.records import Student, Teacher
from tutor.store.rows import student_of, teacher_of
from tutor.store.tables import SessionRow, StudentRow, TeacherRow

if TYPE_CHECKING:
    from tutor.store.store import Store

TEACHER_FOR: Final = timedelta(hours=12)
STUDENT_FOR: Final = timedelta(days=30)


class Sessions:
    """The sessions of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, who: Teacher | Student) -> str:
        """A new session of somebody who has just signed in; the token to give to the browser."""
        token = draw_token()
        now = self._store.now()
        with self._store.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.ends_at <= now))
            row = SessionRow(digest=digest(token))
            if isinstance(who, Teacher):
                row.teacher_id, row.ends_at = who.id, now + TEACHER_FOR
            else:
                row.student_id, row.ends_at = who.id, now + STUDENT_FOR
            session.add(row)
        return token

    def who(self, token: str) -> Teacher | Student | None:
        """Whose session it is; None for one that is over, of a disabled account, or never was."""
        if not token or len(token) > 200:
            return None
        wanted = digest(token)
        with self._store.reading() as session:
            row = session.scalar(select(SessionRow).where(SessionRow.digest == wanted))
            if row is None or not hmac.compare_digest(row.digest, wanted) or row.ends_at <= self._store.now():
                return None
            if row.teacher_id is not None:
                teacher = session.get_one(TeacherRow, row.teacher_id)
                return None if teacher.disabled else teacher_of(teacher)
            return student_of(session.get_one(StudentRow, row.student_id))

    def end(self, token: str) -> None:
        """Sign out; no matter whether anyone was signed in."""
        with self._store.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.digest == digest(token[:200])))


def require(
    session: Session, token: str, now: datetime, *, teacher_id: int | None = None, student_id: int | None = None
) -> None:
    """Whether whoever acts in a tab is still signed in; the program itself acts with no token.

    Raises:
        SignedOut: the session is over, or is another one's.
    """
    if not token:
        return
    found = select(SessionRow.id).where(
        SessionRow.digest == digest(token[:200]),
        SessionRow.ends_at > now,
        SessionRow.teacher_id == teacher_id,
        SessionRow.student_id == student_id,
    )
    if session.scalar(found) is None:
        raise SignedOut("This tab is signed out; nothing was done.")


def end_all(session: Session, *, teacher_id: int | None = None, student_id: int | None = None) -> None:
    """End every session of one account, within a transaction that changes it."""
    if teacher_id is not None:
        session.execute(delete(SessionRow).where(SessionRow.teacher_id == teacher_id))
    if student_id is not None:
        session.execute(delete(SessionRow).where(SessionRow.student_id == student_id))
