"""Uploads marked in the background: the same reports as `tutor grade` writes, while students come first.

A thread takes one upload at a time, by a lease that other processes respect, hands its rows to the service a few at a
time, and stores their reports every moment. A process that is killed loses what it was checking and nothing else: the
lease runs out, and the next one goes on with the rows that have no report.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import secrets
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from tutor.batch.outcome import unmarked
from tutor.batch.pool import TOO_LONG
from tutor.batch.rows import Row
from tutor.batch.run import with_row
from tutor.errors import AuthorError
from tutor.records import Problem, Submission
from tutor.report.machine import to_json
from tutor.service.again import for_service
from tutor.service.faults import note_fault
from tutor.service.rulings import Ruling
from tutor.service.service import Busy, Closed, Service
from tutor.service.ticket import NoReport, Ticket
from tutor.store.content import problem_set_of
from tutor.store.errors import Missing, StoreBusy, StoreError
from tutor.store.records import BatchRow, BatchState
from tutor.store.store import Store

LOG = logging.getLogger("tutor.service")

LOOK_S: Final = 5.0  # how often it is looked for uploads of other processes that have died
LEASE: Final = timedelta(seconds=30)
STORE_S: Final = 1.0  # how often reports are stored, and progress shows
RENEW_S: Final = 5.0  # how often the lease is renewed, and it is looked whether somebody has stopped the upload
TURN_S: Final = 20.0  # how long one upload keeps others waiting
PAGE: Final = 200  # rows that are read at a time
AHEAD: Final = 6  # rows of a lane in the service, so that its process never waits for the next; see Settings.per_user
QUIET_S: Final = 5.0  # after which no student is taken to be at work


def report_of(row: BatchRow, report: Mapping[str, Any]) -> dict[str, Any]:
    """The report as `tutor grade` stores it for this row."""
    named = {"id": row.row_id, "student": row.student, "problem": row.problem}
    rest = {name: said for name, said in report.items() if name not in named}
    return with_row(named | rest, Row(Submission(row.row_id, row.student, row.problem, "", dict(row.extra))))


def unmarkable(row: Row, problem: Problem | None) -> dict[str, Any]:
    """The report of a row that was found to be unmarkable as its file was read; its marks wait for a person."""
    report = unmarked(row.submission, problem, row.status or "error", row.message)
    return with_row(to_json(replace(report, problem=row.submission.problem)), row)


def batch_rows(rows: Iterable[Row], problems: Mapping[str, Problem]) -> Iterator[BatchRow]:
    """The rows of a file as they are stored; those that cannot be marked have their report already."""
    for number, row in enumerate(rows):
        s = row.submission
        problem = problems.get(s.problem)
        report = unmarkable(row, problem) if row.status or problem is None else None
        yield BatchRow(number, s.id, s.student, s.problem, s.work, s.extra, report)


def failed(row: BatchRow, problem: Problem | None, status: str, message: str) -> dict[str, Any]:
    """The report of a row that could not be marked when its turn came."""
    submission = Submission(row.row_id, row.student, row.problem, row.work)
    return report_of(row, to_json(replace(unmarked(submission, problem, status, message), problem=row.problem)))


@dataclass(slots=True)
class _Asked:
    """A row that the service has."""

    row: BatchRow
    lane: int
    ticket: Ticket
    tries: int


class Batches:
    """Marks the uploads of a store by a service, in a thread of its own."""

    def __init__(self, store: Store, service: Service) -> None:
        self._store = store
        self._service = service
        self._name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._look = threading.Event()
        self._closing = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to mark what waits."""
        if self._thread is None and not self._closing:
            self._service.start()
            self._thread = threading.Thread(target=self._run, name="batches", daemon=True)
            self._thread.start()

    def close(self, patience_s: float = 5.0) -> None:
        """Store what is marked and end; the rest waits."""
        self._closing = True
        self._look.set()
        if self._thread is not None:
            self._thread.join(patience_s)

    def __enter__(self) -> Batches:
        """Start it."""
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Close it."""
        self.close()

    def look(self) -> None:
        """There is a new upload, or one that is to go on: begin at once."""
        self._look.set()

    # ------------------------------------------------------------ which upload

    def _run(self) -> None:
        last = 0
        while not self._closing:
            self._look.clear()
            served = 0
            try:
                waiting = self._store.checking.batches_waiting()
                # Whoever has just had a turn comes after the others.
                for batch_id in sorted(waiting, key=lambda n: (n <= last, n)):
                    if self._service.health["ok"] and self._store.checking.take_batch(batch_id, self._name, LEASE):
                        served = last = batch_id
                        self._mark(batch_id)
                        break
            except Missing:
                pass  # it was deleted, with all that was still to do
            except StoreError as error:
                _note("batch interrupted", batch=served, why=type(error).__name__)
                served = 0
            except Exception as error:  # noqa: BLE001 - the other uploads are to be marked all the same
                note_fault(LOG, "batches", error)
                served = 0
            if not served:
                self._look.wait(LOOK_S)

    def _mark(self, batch_id: int) -> None:
        """Mark an upload until it is done or stopped, its turn is over, or the site is closed."""
        try:
            turn = _Turn(self._store, self._service, batch_id, self._name)
        except AuthorError as error:
            if isinstance(error, Missing):
                raise
            self._give_up(batch_id, str(error))
            return
        ends = time.monotonic() + TURN_S
        try:
            while turn.step():
                if self._closing or not self._service.health["ok"]:
                    return
                if time.monotonic() > ends:
                    if self._store.checking.batches_waiting():
                        return
                    ends = time.monotonic() + TURN_S
        finally:
            turn.end()

    def _give_up(self, batch_id: int, why: str) -> None:
        """The problem set cannot be read: each row says so."""
        state = BatchState.RUNNING
        while state is BatchState.RUNNING and (rows := self._store.checking.next_rows(batch_id, PAGE)):
            reports = {row.number: failed(row, None, "error", why) for row in rows}
            state = self._store.checking.store_rows(batch_id, self._name, reports, LEASE)


class _Turn:
    """One upload while this process has it: rows go out to the service, reports come in, both are bounded."""

    def __init__(self, store: Store, service: Service, batch_id: int, runner: str) -> None:
        self._checking = store.checking
        self._service = service
        self._batch_id = batch_id
        self._runner = runner
        version_id = self._checking.version_of(batch_id)
        self._version_id = version_id
        self._problems: Mapping[str, Problem] = {}
        if version_id is not None:
            self._problems = problem_set_of(self._checking.content(version_id)).problems
        self._rulings: dict[str, list[Ruling]] = {}
        self._rows = self._read()
        self._next: BatchRow | None = next(self._rows, None)
        self._lanes = [0] * max(1, service.settings.processes)  # how many rows of each the service has
        self._asked: dict[int, _Asked] = {}
        self._ended: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._reports: dict[int, dict[str, Any]] = {}
        self._stored_at = time.monotonic()

    def step(self) -> bool:
        """Hand out rows, take in some reports, store them from time to time; whether there is more to do."""
        self._hand_out()
        self._take_in()
        done = self._next is None and not self._asked
        since = time.monotonic() - self._stored_at
        if done or since > RENEW_S or (self._reports and since > STORE_S):
            state = self._checking.store_rows(self._batch_id, self._runner, self._reports, LEASE)
            self._reports = {}
            self._stored_at = time.monotonic()
            return state is BatchState.RUNNING and not done
        return True

    def end(self) -> None:
        """Take back what the service has not done, store what it has, and give the upload back."""
        for asked in list(self._asked.values()):
            asked.ticket.cancel()
        try:
            if self._reports:
                self._checking.store_rows(self._batch_id, self._runner, self._reports, LEASE)
            self._checking.release_batch(self._batch_id, self._runner)
        except (Missing, StoreBusy):
            pass  # deleted; or the lease runs out by itself

    # ------------------------------------------------------------ out

    def _read(self) -> Iterator[BatchRow]:
        after = -1
        while rows := self._checking.next_rows(self._batch_id, PAGE, after):
            yield from rows
            after = rows[-1].number

    def _open_lanes(self) -> int:
        """As many rows side by side as there are processes; one process is left to students who are at work."""
        if self._service.quiet_s > QUIET_S:
            return len(self._lanes)
        return max(1, len(self._lanes) - 1)

    def _hand_out(self) -> None:
        while (row := self._next) is not None:
            lane = min(range(self._open_lanes()), key=lambda n: self._lanes[n])
            if self._lanes[lane] >= AHEAD or not self._ask(row, lane):
                return
            self._next = next(self._rows, None)

    def _ask(self, row: BatchRow, lane: int, tries: int = 1) -> bool:
        """Whether the service has taken the row, or there is nothing to check."""
        problem = self._problems.get(row.problem)
        if problem is None:
            self._reports[row.number] = failed(row, None, "error", "The problem set has no such problem any more.")
            return True
        try:
            ticket = self._service.submit(
                f"batch {self._batch_id}/{lane}",
                problem,
                row.work,
                rulings=self._ruled(row.problem),
                background=True,
            )
        except (Busy, Closed):
            return False
        self._lanes[lane] += 1
        self._asked[row.number] = _Asked(row, lane, ticket, tries)
        ticket.when_done(lambda: self._ended.put(row.number))
        return True

    def _ruled(self, problem_id: str) -> list[Ruling]:
        if self._version_id is None:
            return []
        if problem_id not in self._rulings:
            found = self._checking.rulings(self._version_id, problem_id)
            self._rulings[problem_id] = [for_service(ruling) for ruling in found]
        return self._rulings[problem_id]

    # ------------------------------------------------------------ in

    def _take_in(self) -> None:
        """Wait a moment for a report, and take in those that are there."""
        wait_s = STORE_S / 2 if self._asked else 0.0
        while True:
            try:
                number = self._ended.get(timeout=wait_s) if wait_s else self._ended.get_nowait()
            except queue.Empty:
                return
            wait_s = 0.0
            asked = self._asked.pop(number, None)
            if asked is None:
                continue
            self._lanes[asked.lane] -= 1
            try:
                report = asked.ticket.report(0)
            except NoReport:
                continue  # the service is closed; the row waits
            if report["status"] == "error" and not self._service.health["ok"]:
                continue  # no process could be started: that is no fault of the row
            if report["status"] == "timeout":
                if asked.tries == 1 and self._ask(asked.row, asked.lane, tries=2):
                    continue
                said = TOO_LONG.format(seconds=self._service.settings.check_s)
                report = failed(asked.row, self._problems.get(asked.row.problem), "timeout", said)
            self._reports[number] = report_of(asked.row, report)


def _note(event: str, **said: str | int) -> None:
    """A line of the log, without a word of a student's."""
    LOG.warning("%s", json.dumps({"event": event, **said}, separators=(",", ":")))
