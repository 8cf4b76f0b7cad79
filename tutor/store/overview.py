"""Who needs the teacher, and about what: read off the standings of a class and what goes wrong most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum
from fractions import Fraction
from statistics import median

from tutor.store.records import Count, Standing, Student

STUCK_TRIES = 2
STUCK_EFFORT = 3  # tries and hints together
SHARED_BY = 2  # students, from which on a mistake is one of the class


class Where(StrEnum):
    """Of a student with a problem, after the last work on it."""

    SOLVED = "solved"
    WRONG = "wrong"
    PARTLY = "partly"  # nothing is wrong, yet it does not earn all marks
    OPEN = "open"  # marks wait for a person
    WAITING = "waiting"  # for its report


def where(standing: Standing) -> Where:
    """Where the student is; a mark by hand settles what was open."""
    if standing.earned is None or standing.available is None:
        return Where.WAITING
    counts = earned(standing)
    assert counts is not None
    if standing.given is not None and counts >= standing.available:
        return Where.SOLVED
    if standing.first_wrong is not None:
        return Where.WRONG
    if standing.pending and standing.given is None:
        return Where.OPEN
    return Where.SOLVED if counts >= standing.available else Where.PARTLY


def earned(standing: Standing) -> Fraction | None:
    """The marks that count: the teacher's, else the program's; None while there is no report."""
    return standing.given.earned if standing.given is not None else standing.earned


@dataclass(frozen=True, slots=True)
class Stuck:
    """A student who has tried a problem again, with hints or more than once, and whose last work is still wrong."""

    student: Student
    standing: Standing


@dataclass(frozen=True, slots=True)
class Shared:
    """A mistake that several students make in one problem. count.what: its id in the catalogue."""

    problem_id: str
    count: Count


@dataclass(frozen=True, slots=True)
class Needs:
    """Who needs the teacher. shared: commonest first. stuck: most tries first. silent: handed in nothing."""

    shared: tuple[Shared, ...]
    stuck: tuple[Stuck, ...]
    silent: tuple[Student, ...]


def needs(students: Sequence[Student], standings: Iterable[Standing], mistakes: Mapping[str, Sequence[Count]]) -> Needs:
    """What to look at first. mistakes: of each problem, from `Work.misconceptions`."""
    of = {student.id: student for student in students}
    found = [standing for standing in standings if standing.student_id in of]
    stuck = [
        Stuck(of[s.student_id], s)
        for s in found
        if where(s) is Where.WRONG and s.attempts >= STUCK_TRIES and s.attempts + s.hints >= STUCK_EFFORT
    ]
    shared = [
        Shared(problem_id, count)
        for problem_id, counts in mistakes.items()
        for count in counts
        if count.students >= SHARED_BY
    ]
    there = {standing.student_id for standing in found}
    return Needs(
        shared=tuple(sorted(shared, key=lambda s: -s.count.students)),
        stuck=tuple(sorted(stuck, key=lambda s: (-s.standing.attempts, -s.standing.hints, s.student.name))),
        silent=tuple(student for student in students if student.id not in there),
    )


@dataclass(frozen=True, slots=True)
class OfProblem:
    """How a class stands with one problem. minutes: the middle of the students' time on it; None where nobody has."""

    problem_id: str
    handed_in: int
    by_state: Mapping[Where, int]
    minutes: float | None


def of_problems(problem_ids: Sequence[str], standings: Iterable[Standing]) -> list[OfProblem]:
    """Each problem of a set, in its order."""
    of = defaultdict(list)
    for standing in standings:
        of[standing.problem_id].append(standing)
    return [
        OfProblem(
            problem_id,
            len(of[problem_id]),
            Counter(where(standing) for standing in of[problem_id]),
            median(standing.seconds for standing in of[problem_id]) / 60 if of[problem_id] else None,
        )
        for problem_id in problem_ids
    ]


def by_day(standings: Iterable[Standing], zone: tzinfo | None = None) -> dict[date, int]:
    """How many problems were handed in last on which day, the days in between with none."""
    days = Counter(standing.last_at.astimezone(zone).date() for standing in standings)
    if not days:
        return {}
    first, last = min(days).toordinal(), max(days).toordinal()
    return {day: days[day] for day in map(date.fromordinal, range(first, last + 1))}
