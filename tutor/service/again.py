"""Marking work again after a teacher's word on a line, or after it was taken back, so that marks follow the rulings."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tutor.records import Problem
from tutor.service.rulings import Ruling, outdated
from tutor.service.service import Service
from tutor.store import Missing, problem_set_of
from tutor.store.records import Attempt, Finding
from tutor.store.records import Ruling as StoredRuling

if TYPE_CHECKING:
    from tutor.store import Store

DONE = ("graded", "unreadable")  # what the clock or a fault stopped takes no report's place


def for_service(ruling: StoredRuling) -> Ruling:
    """A stored ruling as the service takes it."""
    return Ruling(ruling.text, ruling.finding is Finding.RIGHT, ruling.comment, ruling.by)


def rulings_on(store: Store, work: Attempt) -> list[Ruling]:
    """The words that there are now on lines of the problem."""
    return [for_service(ruling) for ruling in store.checking.rulings(work.version_id, work.problem_id)]


def mark_again(
    store: Store, service: Service, user: str, set_id: int, problem_id: str, key: str
) -> Iterator[tuple[int, int]]:
    """Mark every work on the problem again in which the line stands; after each, how many are done, and of how many.

    user: whose turn it takes in the service. key: `case_key` of the line. Each work gets a further report, with all
    rulings on the problem that there are now; the reports before stay. Work that is deleted meanwhile is left out.

    Raises:
        Busy, Closed, NoReport: the service takes nothing on; what was marked until then is stored.
    """
    works = store.checking.with_case(set_id, problem_id, key)
    problems: dict[int, Mapping[str, Problem]] = {}
    for done, work in enumerate(works, 1):
        with contextlib.suppress(Missing):
            if work.version_id not in problems:
                problems[work.version_id] = problem_set_of(store.checking.content(work.version_id)).problems
            mark_one_again(store, service, user, work, problems[work.version_id][problem_id])
        yield done, len(works)


def mark_one_again(store: Store, service: Service, user: str, work: Attempt, problem: Problem) -> None:
    """Mark one work with the rulings that there are; once more where others have come in the meantime.

    Raises:
        Busy, Closed, NoReport: the service takes nothing on.
        Missing: the work was deleted.
    """
    while True:
        ticket = service.submit(user, problem, work.work, rulings=rulings_on(store, work))
        report = ticket.report()
        if report["status"] not in DONE:
            return
        store.checking.report(work.id, report, engine=report["version"], seconds=ticket.seconds, again=True)
        if not outdated(report, rulings_on(store, work)):
            return
