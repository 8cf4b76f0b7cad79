"""What one browser tab holds, as one typed object; nothing else touches `st.session_state`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import streamlit as st

from tutor.report.summary import ClassSummary
from tutor.service import Ticket
from tutor.service.intake import Read
from tutor.service.review import Review
from tutor.service.reviewer import Reviewing


def belongs_to(person: str) -> None:
    """Forget what the tab holds where somebody else sits there now than at its last run."""
    if st.session_state.get("belongs_to", person) != person:  # noqa: TID251
        st.session_state.clear()  # noqa: TID251
    st.session_state["belongs_to"] = person  # noqa: TID251


@dataclass
class Practice:
    """The work in the tab and what was said of it. `message` is shown where the work could not be taken on.

    user: whose turn it is at the service. work: what was handed in; statement: of which problem. ticket: while it is
    being checked; report: then. asked_for: by place of the step, how many of its hints the student has asked for.
    """

    user: str = field(default_factory=lambda: f"tab {uuid4().hex}")
    work: str = ""
    statement: str = ""
    ticket: Ticket | None = None
    report: Mapping[str, Any] | None = None
    message: str = ""
    asked_for: dict[int, int] = field(default_factory=dict)


def practice() -> Practice:
    """The state of the tab that asks."""
    if "practice" not in st.session_state:  # noqa: TID251
        st.session_state["practice"] = Practice()  # noqa: TID251
    state: Practice = st.session_state["practice"]  # noqa: TID251
    return state


@dataclass
class Editing:
    """One piece of work in the editor. revision: grows where something else than typing changed the text.

    name: of this piece of work alone. text: the lines as they are typed. notation: the LaTeX of those that were written
    in the mathematics editor. focus: the line to go on with, -1 for none. left: the student has gone on elsewhere on
    the page. earlier: the texts that were replaced since the student last wrote something, the latest last. in_tab:
    whether the browser keeps it over a reload.
    """

    text: str = ""
    revision: int = 0
    focus: int = -1
    left: bool = False
    in_tab: bool = False
    name: str = field(default_factory=lambda: uuid4().hex)
    notation: dict[str, str] = field(default_factory=dict)
    earlier: list[str] = field(default_factory=list)

    def put(self, text: str, focus: int = -1) -> None:
        """Replace the text."""
        if text != self.text:
            self.earlier.append(self.text)
            self.show(text, focus)

    def show(self, text: str, focus: int = -1) -> None:
        """Replace the text, with nothing to take back."""
        self.text, self.focus, self.revision = text, focus, self.revision + 1

    def take_back(self) -> None:
        """Undo the latest replacement."""
        if self.earlier:
            self.show(self.earlier.pop())


@dataclass
class Writing:
    """How this tab writes, in every editor. mathematics: line by line in notation, rather than as plain text."""

    mathematics: bool = True


def writing() -> Writing:
    """The state of the tab that asks."""
    state: Writing = st.session_state.setdefault("writing", Writing())  # noqa: TID251
    return state


def editing(key: str, initial: str = "") -> Editing:
    """The work in the editor of that key; `initial` where the tab has none yet."""
    editors: dict[str, Editing] = st.session_state.setdefault("editors", {})  # noqa: TID251
    return editors.setdefault(key, Editing(initial))


def set_widget(key: str, value: object) -> None:
    """Let the widget of that key hold a value; in a callback, or before it is drawn."""
    st.session_state[key] = value  # noqa: TID251


def widget(key: str) -> object:
    """What the widget of that key holds; None where it has not been drawn."""
    return st.session_state.get(key)  # noqa: TID251


@dataclass
class Incoming:
    """A file that a teacher has uploaded and that is being looked through."""

    file_name: str
    data: bytes
    reviewing: Reviewing


@dataclass
class TeacherSets:
    """incoming: files under way. refused: what was wrong with those that hold no set. news: to be said once.

    uploads: grows with every upload, so that the field for files is empty again.
    """

    incoming: list[Incoming] = field(default_factory=list)
    refused: list[Review] = field(default_factory=list)
    news: list[str] = field(default_factory=list)
    uploads: int = 0


def teacher_sets() -> TeacherSets:
    """The state of the tab that asks."""
    state: TeacherSets = st.session_state.setdefault("teacher_sets", TeacherSets())  # noqa: TID251
    return state


@dataclass
class Entry:
    """A problem in the form. uid: stays when it is moved; fields: as the file would have them.

    revision: grows where something else than typing changed them, so that the boxes show it.
    """

    uid: int
    fields: dict[str, Any]
    revision: int = 0


@dataclass
class SetForm:
    """A set in the form. saved: the YAML that the store has; saved_at: when it was stored last, "" before.

    chosen: the uid of the problem that is shown. next_uid: for the problem that is added next.
    """

    head: dict[str, Any]
    entries: list[Entry]
    saved: str
    chosen: int = 0
    next_uid: int = 0
    saved_at: str = ""
    trouble: str = ""


def set_forms() -> dict[int, SetForm]:
    """The forms that the tab has open, by the version that they write on."""
    state: dict[int, SetForm] = st.session_state.setdefault("set_forms", {})  # noqa: TID251
    return state


@dataclass
class Solving:
    """A problem of a set in the tab. attempt_id: whose report is shown, None for the last.

    message: said where the work was not taken. objecting: the place of the step that the student objects to. similar:
    the statement of a problem to go on with. seen_at: of the last draft that stood in this tab.
    """

    attempt_id: int | None = None
    message: str = ""
    objecting: int | None = None
    similar: str = ""
    seen_at: datetime | None = None


def solving(key: str) -> Solving:
    """The state of the problem of that key."""
    problems: dict[str, Solving] = st.session_state.setdefault("solving", {})  # noqa: TID251
    return problems.setdefault(key, Solving())


@dataclass
class OpenLines:
    """news: what became of a ruling, to be said once."""

    news: list[str] = field(default_factory=list)


def open_lines() -> OpenLines:
    """The state of the tab that asks."""
    state: OpenLines = st.session_state.setdefault("open_lines", OpenLines())  # noqa: TID251
    return state


@dataclass
class Codes:
    """shown: a personal code that was drawn anew, by student, until it is put away. news: to be said once."""

    shown: dict[int, str] = field(default_factory=dict)
    news: list[str] = field(default_factory=list)


def roster_codes() -> Codes:
    """The state of the tab that asks."""
    state: Codes = st.session_state.setdefault("roster_codes", Codes())  # noqa: TID251
    return state


@dataclass
class FileToMark:
    """A file of submissions that a teacher has chosen, and what was read in it for that version of a set."""

    file_id: str
    version_id: int
    file_name: str
    data: bytes
    found: Read


@dataclass
class Marking:
    """file: chosen and not sent off. uploads: grows with each that was, so that the field for files is empty again.

    set_file, set_version, set_trouble: a problem set that came as a file, and what became of it. first_seen: by
    upload, when its progress was first seen, and how far it was. summary: of the results that are shown, by what they
    are of.
    """

    file: FileToMark | None = None
    uploads: int = 0
    set_file: str = ""
    set_version: int | None = None
    set_trouble: list[str] = field(default_factory=list)
    first_seen: dict[int, tuple[float, int]] = field(default_factory=dict)
    summary: tuple[tuple[int, int], ClassSummary] | None = None


def marking() -> Marking:
    """The state of the tab that asks."""
    state: Marking = st.session_state.setdefault("marking", Marking())  # noqa: TID251
    return state
