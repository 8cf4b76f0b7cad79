"""Problem sets of a class, for its teacher: versions that go from draft to published to archived."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tutor.store.errors import BadInput
from tutor.store.records import SetContent, SetVersion, State
from tutor.store.rows import version_of
from tutor.store.scope import Scope
from tutor.store.tables import AttemptRow, SetRow, VersionRow
from tutor.store.texts import MAX_TITLE, key_of, name_of, storable

MAX_SOURCE: Final = 5_000_000  # bytes, as for a problem set in a file
MAX_TRIES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Upload:
    """A problem set to be stored.

    name: one set's versions share it. source: the file's bytes. yaml: the set in our own format. problem_ids: in order.
    """

    name: str
    title: str
    source_name: str
    source: bytes
    yaml: str
    problem_ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class Terms:
    """due: the end, None for none. tries: for each problem, None for any number. exam: verdicts after the end."""

    due: datetime | None = None
    tries: int | None = None
    exam: bool = False


class Sets:
    """The problem sets of one class."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def all(self, *states: State) -> list[SetVersion]:
        """All versions, or those of these states; by name, newest first."""
        with self._scope.reading() as session:
            found = (
                select(VersionRow, SetRow)
                .join(SetRow, SetRow.id == VersionRow.set_id)
                .where(VersionRow.class_id == self._scope.class_id)
                .order_by(SetRow.key, VersionRow.version.desc())
            )
            if states:
                found = found.where(VersionRow.state.in_([state.value for state in states]))
            return [version_of(row, of) for row, of in session.execute(found)]

    def get(self, version_id: int) -> SetVersion:
        """One version; raises Missing."""
        with self._scope.reading() as session:
            return self._version(session, self._scope.version(session, version_id))

    def content(self, version_id: int) -> SetContent:
        """What was uploaded, and the set in our own format; raises Missing."""
        with self._scope.reading() as session:
            row = self._scope.version(session, version_id)
            return SetContent(row.source_name, row.source, row.yaml)

    def add(self, upload: Upload, terms: Terms | None = None) -> SetVersion:
        """A draft: the first version of a new set, or the next of the set of that name.

        Without terms, it takes over those of the version before.

        Raises:
            BadInput: it is too large, has no problems, or its terms do not fit together.
        """
        name = name_of(upload.name, "name of the set", MAX_TITLE)
        title = name_of(upload.title or upload.name, "title", MAX_TITLE)
        _check(upload)
        with self._scope.writing() as session:
            self._scope.store.lock(session, self._scope.class_id)
            now = self._scope.now()
            of = session.scalar(
                select(SetRow).where(SetRow.class_id == self._scope.class_id, SetRow.key == key_of(name))
            )
            if of is None:
                of = SetRow(class_id=self._scope.class_id, name=name, key=key_of(name), created_at=now)
                session.add(of)
                session.flush()
            last = session.scalar(
                select(VersionRow).where(VersionRow.set_id == of.id).order_by(VersionRow.version.desc()).limit(1)
            )
            if terms is None:
                terms = Terms() if last is None else Terms(last.due, last.tries, last.exam)
            row = VersionRow(
                class_id=self._scope.class_id,
                set_id=of.id,
                version=1 if last is None else last.version + 1,
                title=title,
                source_name=name_of(upload.source_name or name, "file name", MAX_TITLE),
                source=upload.source,
                yaml=storable(upload.yaml),
                sha256=hashlib.sha256(upload.source).hexdigest(),
                problem_ids=list(upload.problem_ids),
                state=State.DRAFT.value,
                created_at=now,
            )
            _apply(row, terms)
            session.add(row)
            session.flush()
            self._scope.note(session, "set added", detail=f"version {row.id}")
            return version_of(row, of)

    def bring(self, upload: Upload) -> SetVersion:
        """A draft from a file: the next version of the set of its name, where the two have a problem or the title in
        common; else a new set, named with a number, since many a file is called "homework". Raises BadInput.
        """
        return self.add(replace(upload, name=self._name_for(upload)))

    def _name_for(self, upload: Upload) -> str:
        name = name_of(upload.name, "name of the set", MAX_TITLE)
        newest: dict[str, SetVersion] = {}
        for version in self.all():
            newest.setdefault(key_of(version.name), version)
        asked, number = name, 1
        while (known := newest.get(key_of(name))) is not None:
            if key_of(known.title) == key_of(upload.title or upload.name):
                break
            if not set(known.problem_ids).isdisjoint(upload.problem_ids):
                break
            number += 1
            name = f"{asked[: MAX_TITLE - 8]} {number}"
        return name

    def rewrite(self, version_id: int, upload: Upload) -> SetVersion:
        """Put other problems into a draft, as whoever writes it in a form goes on; it stays the set that it is.

        Raises:
            BadInput: it is no draft any more, or the problems will not do.
        """
        _check(upload)
        with self._scope.writing() as session:
            row = self._scope.version(session, version_id)
            if row.state != State.DRAFT.value:
                raise BadInput("Students have seen this version; changes go into a new one.")
            row.title = name_of(upload.title or upload.name, "title", MAX_TITLE)
            row.source_name = name_of(upload.source_name or upload.name, "file name", MAX_TITLE)
            row.source, row.yaml = upload.source, storable(upload.yaml)
            row.sha256 = hashlib.sha256(upload.source).hexdigest()
            row.problem_ids = list(upload.problem_ids)
            return self._version(session, row)

    def set_terms(self, version_id: int, terms: Terms) -> SetVersion:
        """Another end, number of tries or mode; a published set, too, may be given more time. Raises BadInput."""
        with self._scope.writing() as session:
            row = self._scope.version(session, version_id)
            _apply(row, terms)
            self._scope.note(session, "set changed", detail=f"version {row.id}")
            return self._version(session, row)

    def publish(self, version_id: int) -> SetVersion:
        """Show a version to the students; the one that they saw until now is archived."""
        with self._scope.writing() as session:
            self._scope.store.lock(session, self._scope.class_id)
            row = self._scope.version(session, version_id)
            before = session.scalars(
                select(VersionRow).where(
                    VersionRow.set_id == row.set_id, VersionRow.state == State.PUBLISHED.value, VersionRow.id != row.id
                )
            )
            for other in before:
                other.state = State.ARCHIVED.value
            session.flush()  # first one out, then the other in: two are never published
            row.state = State.PUBLISHED.value
            row.published_at = row.published_at or self._scope.now()
            self._scope.note(session, "set published", detail=f"version {row.id}")
            return self._version(session, row)

    def archive(self, version_id: int) -> SetVersion:
        """Take a version from the students; what they handed in stays."""
        with self._scope.writing() as session:
            row = self._scope.version(session, version_id)
            row.state = State.ARCHIVED.value
            self._scope.note(session, "set archived", detail=f"version {row.id}")
            return self._version(session, row)

    def delete(self, version_id: int) -> None:
        """Throw a version away that nobody has worked on.

        Raises:
            BadInput: somebody has; it can be archived.
        """
        with self._scope.writing() as session:
            row = self._scope.version(session, version_id)
            works = session.scalar(select(func.count()).select_from(AttemptRow).where(AttemptRow.version_id == row.id))
            if works:
                raise BadInput(f"{works} works were handed in for this version; archive it instead.")
            set_id = row.set_id
            session.delete(row)
            session.flush()
            if not session.scalar(select(func.count()).select_from(VersionRow).where(VersionRow.set_id == set_id)):
                session.delete(self._scope.set_of(session, set_id))
            self._scope.note(session, "set deleted", detail=f"version {version_id}")

    def _version(self, session: Session, row: VersionRow) -> SetVersion:
        return version_of(row, self._scope.set_of(session, row.set_id))


def _check(upload: Upload) -> None:
    if len(upload.source) > MAX_SOURCE or len(upload.yaml.encode("utf-8", "replace")) > 2 * MAX_SOURCE:
        raise BadInput(f"The file has {len(upload.source)} bytes; a problem set has at most {MAX_SOURCE}.")
    if not upload.problem_ids or len(set(upload.problem_ids)) != len(upload.problem_ids):
        raise BadInput("A set has at least one problem, and every problem an id of its own.")


def _apply(row: VersionRow, terms: Terms) -> None:
    if terms.due is not None and terms.due.tzinfo is None:
        raise BadInput("The end needs a time zone.")
    if terms.exam and terms.due is None:
        raise BadInput("An exam needs an end, after which its verdicts are shown.")
    if terms.tries is not None and not 1 <= terms.tries <= MAX_TRIES:
        raise BadInput(f"There are 1 to {MAX_TRIES} tries, or any number; not {terms.tries}.")
    row.due, row.tries, row.exam = terms.due, terms.tries, terms.exam
