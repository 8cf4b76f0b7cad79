"""The book of who looked at, exported, deleted or changed what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tutor.store.tables import EventRow


def note(
    session: Session,
    at: datetime,
    actor: str,
    what: str,
    *,
    class_id: int | None = None,
    about: int | None = None,
    detail: str = "",
) -> None:
    """Write an entry, in the transaction that does the thing. detail: never a student's text or name."""
    session.add(EventRow(at=at, actor=actor, what=what, class_id=class_id, about=about, detail=detail))
