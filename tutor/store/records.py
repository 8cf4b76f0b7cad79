"""What the store takes in and gives out: frozen records, never rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Teacher:
    """An account. login: an e-mail address or any other name to sign in with."""

    id: int
    login: str
    name: str
    disabled: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Classroom:
    """A class. code: opens it to students, without hyphens. retention_days: how long work is kept, None for ever.

    pseudonyms: whoever gives no name is given one. joining: new students may come in.
    """

    id: int
    code: str
    title: str
    teacher_id: int
    retention_days: int | None
    pseudonyms: bool
    joining: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Student:
    """A place in a class. name: the pseudonym that all pages show."""

    id: int
    class_id: int
    name: str
    joined_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """A student who has just come in. personal_code: shown once, with hyphens; only its hash is stored."""

    student: Student
    personal_code: str


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Whose place it is in the teacher's gradebook; both are empty where the teacher has not said."""

    student_id: int
    pseudonym: str
    gradebook_id: str = ""
    full_name: str = ""


class State(StrEnum):
    """Of one version of a problem set. Students see published ones only; at most one version of a set is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class SetVersion:
    """A problem set as it was at one time; its content never changes once it is published.

    set_id: the same for all versions. name: of the file. sha256: of the source. due: None for no end. tries: how often
    each problem may be handed in, None for any number. exam: no hints, and verdicts only after the end.
    """

    id: int
    class_id: int
    set_id: int
    version: int
    name: str
    title: str
    source_name: str
    sha256: str
    problem_ids: tuple[str, ...]
    state: State
    due: datetime | None
    tries: int | None
    exam: bool
    created_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class SetContent:
    """source: the file as it was uploaded. yaml: the set in our own format, from which pages read its problems."""

    source_name: str
    source: bytes
    yaml: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A report on an attempt: the object of the machine interface. Marking again adds one; the last counts."""

    id: int
    attempt_id: int
    report: Mapping[str, Any]
    engine: str
    seconds: float
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """Work as it was handed in. Stored before it is checked, so that none is lost, and never changed.

    checked: None while it waits, and for a student in exam mode until the end (`withheld`).
    """

    id: int
    class_id: int
    student_id: int
    version_id: int
    problem_id: str
    work: str
    started_at: datetime
    handed_in_at: datetime
    late: bool
    checked: Checked | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class HintTaken:
    """A rung of the ladder that was asked for. line: of the work, from 0. rung: from 1."""

    attempt_id: int
    line: int
    rung: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Dispute:
    """Of a line that was called wrong, "I think this is right". settled: the ruling that answers it."""

    id: int
    attempt_id: int
    student_id: int
    set_id: int
    problem_id: str
    line: int
    text: str
    why: str
    at: datetime
    settled: int | None


class Finding(StrEnum):
    """What a teacher finds of a line."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A teacher's word on a line, for every work on this problem in which the same line stands.

    key: `case_key` of the line. by: the teacher's name.
    """

    id: int
    set_id: int
    problem_id: str
    key: str
    text: str
    finding: Finding
    comment: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that waits for the teacher: undecided, unreadable or disputed, and not ruled on.

    works: in how many works it stands. attempt_id, line: one place of it. disputed: how many students object.
    """

    set_id: int
    problem_id: str
    key: str
    text: str
    verdict: str
    works: int
    disputed: int
    attempt_id: int
    line: int


@dataclass(frozen=True, slots=True)
class GivenMark:
    """A mark that a teacher gave for a student's problem. automatic: the program's at that time."""

    student_id: int
    set_id: int
    problem_id: str
    earned: Fraction
    why: str
    by: str
    automatic: Fraction | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one student is with one problem. earned, pending, available: of the last checked attempt.

    first_wrong: its first wrong line. seconds: from starting to handing in, all attempts together.
    """

    student_id: int
    problem_id: str
    attempts: int
    last_at: datetime
    seconds: float
    attempt_id: int
    status: str
    earned: Fraction | None
    pending: Fraction | None
    available: Fraction | None
    first_wrong: int | None
    hints: int
    given: GivenMark | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many students' last works share something, with some of the lines, in no order that tells whose they are.

    who: the ids of the students, smallest first.
    """

    what: str
    students: int
    examples: tuple[str, ...] = ()
    who: tuple[int, ...] = ()


class BatchState(StrEnum):
    """Of an upload."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Batch:
    """A table of submissions that a teacher uploaded."""

    id: int
    class_id: int
    version_id: int | None
    title: str
    file_name: str
    state: BatchState
    rows: int
    done: int
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One submission of an upload, in the order of the file. report: None until it is marked."""

    number: int
    row_id: str
    student: str
    problem: str
    work: str
    extra: Mapping[str, str]
    report: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Who looked at or did what. about: a student's number, kept after the student is deleted."""

    at: datetime
    actor: str
    what: str
    class_id: int | None
    about: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class Purged:
    """What a clean-up took away."""

    students: int = 0
    attempts: int = 0
    batches: int = 0
    sessions: int = 0
    events: int = 0
