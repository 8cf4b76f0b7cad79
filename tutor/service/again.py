"""Marking work again after a teacher's word on a line, or after it was taken back, so that marks follow the rulings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.service.rulings import Ruling
from tutor.service.service import Service
from tutor.store import problem_set_of
from tutor.store.records import Finding
from tutor.store.records import Ruling as StoredRuling

if TYPE_CHECKING:
    from tutor.store import Store

DONE = ("graded", "unreadable")  # what the clock or a fault stopped takes no report's place


def for_service(ruling: StoredRuling) -> Ruling:
    """A stored ruling as the service takes it."""
    return Ruling(ruling.text, ruling.finding is Finding.RIGHT, ruling.comment, ruling.by)


def mark_again(
    store: Store, service: Service, user: str, set_id: int, problem_id: str, key: str
) -> Iterator[tuple[int, int]]:
    """Mark every work on the problem again in which the line stands; after each, how many are done, and of how many.

    user: whose turn it takes in the service. key: `case_key` of the line. Each work gets a further report, with all
    rulings on the problem that there are now; the reports before stay.

    Raises:
        Busy: so much waits that the service takes nothing on; what was marked until then is stored.
    """
    works = store.checking.with_case(set_id, problem_id, key)
    problems, rulings = {}, []
    for done, work in enumerate(works, 1):
        if work.version_id not in problems:
            problems[work.version_id] = problem_set_of(store.checking.content(work.version_id)).problems[problem_id]
            rulings = [for_service(ruling) for ruling in store.checking.rulings(work.version_id, problem_id)]
        ticket = service.submit(user, problems[work.version_id], work.work, rulings=rulings)
        report = ticket.report()
        if report["status"] in DONE:
            store.checking.report(work.id, report, engine=report["version"], seconds=ticket.seconds, again=True)
        yield done, len(works)
