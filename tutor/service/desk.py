"""Where students' work is handed in: stored, checked, and its report stored, whether or not somebody looks on.

`hand_in` returns when the work is in the database. From then on a report on it will be stored: by the background
threads of this process, or, where the process is killed, by those of the next one that is started.
"""

from __future__ import annotations

import contextlib
import json
import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tutor.batch.outcome import unmarked
from tutor.errors import AuthorError, TooLarge
from tutor.records import Problem, Submission
from tutor.report.machine import to_json
from tutor.service.again import mark_one_again, rulings_on
from tutor.service.faults import note_fault
from tutor.service.rulings import outdated
from tutor.service.service import Busy, Closed, Service
from tutor.service.ticket import NoReport, Ticket
from tutor.store.content import problem_set_of
from tutor.store.errors import Missing, StoreBusy, StoreError
from tutor.store.records import Attempt
from tutor.store.store import Store

LOG = logging.getLogger("tutor.service")

RESUMED: Final = "resumed"  # one user for all that is resumed: of each user one piece of work at a time is checked
RESUMED_AT_ONCE: Final = 4
RULED: Final = "rulings"  # and one for all that is marked again
LOOK_S: Final = 15.0  # how often it is looked for work that waits and that nobody here is checking
OTHERS: Final = timedelta(minutes=1)  # what waits longer is taken on here, whichever process it was handed in to
SETS: Final = 50  # problem sets that are kept read
STORING_AGAIN_S: Final = (0.2, 1.0, 5.0)  # pauses while another program keeps the database to itself
LATER_S: Final = 60.0  # until what could not be checked or stored is tried anew
DONE: Final = -1  # where a number of an attempt is expected: there will be no more
NO_PROBLEM: Final = "The problem set has no such problem any more."
NOT_CHECKED: Final = ("timeout", "error")  # what may come out better another time


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Work that was taken. ticket: to follow the check; None where there is none to follow.

    That is so where the report is there already (`attempt.checked`), where the student may not see it yet
    (`attempt.withheld`), and where so much waits that the check begins later: the report is stored all the same.
    """

    attempt: Attempt
    ticket: Ticket | None


class Desk:
    """Hands work from the store to the service, and reports from the service to the store; safe for threads."""

    def __init__(self, store: Store, service: Service) -> None:
        self._store = store
        self._service = service
        self._begun = store.now()
        self._lock = threading.Lock()
        self._tickets: dict[int, Ticket] = {}  # of attempts whose report is not stored yet
        self._handed: dict[int, Attempt] = {}  # the same attempts
        self._hidden: set[int] = set()
        self._again: set[int] = set()
        self._refused: set[int] = set()  # handed in here while the queue was full
        self._later: dict[int, float] = {}  # what could not be done, and when it is tried again
        self._sets: OrderedDict[int, Mapping[str, Problem]] = OrderedDict()
        self._ended: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._look = threading.Event()
        self._ruled = threading.Event()
        self._closing = False
        self._threads: list[threading.Thread] = []

    # ------------------------------------------------------------ beginning and end

    def start(self) -> None:
        """Begin to store reports, and to have checked what waits since before a crash."""
        with self._lock:
            if self._threads or self._closing:
                return
            self._threads = [
                threading.Thread(target=run, name=name, daemon=True)
                for run, name in (
                    (self._keep, "desk-store"),
                    (self._resume, "desk-resume"),
                    (self._follow_rulings, "desk-rulings"),
                )
            ]
        for thread in self._threads:
            thread.start()

    def close(self, patience_s: float = 5.0) -> None:
        """Store the reports that are there and end; to be called when the service is closed. The rest waits."""
        self._closing = True
        self._look.set()
        self._ruled.set()
        self._ended.put(DONE)
        for thread in self._threads:
            thread.join(patience_s)

    def __enter__(self) -> Desk:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # ------------------------------------------------------------ for the pages

    def hand_in(
        self, student_id: int, version_id: int, problem_id: str, work: str, started_at: datetime | None = None
    ) -> HandedIn:
        """Take a student's work; when this returns it is stored, and its report will be. Work is never withdrawn.

        Raises:
            NotTaken: the set is not open, it is too late, or the tries are used up.
            TooLarge: the work is longer than is read here.
        """
        longest = self._service.settings.work
        if len(work) > longest:
            raise TooLarge(f"The work has {len(work):,} letters; at most {longest:,} are checked at once.")
        attempt = self._store.of_student(student_id).hand_in(version_id, problem_id, work, started_at)
        checked = attempt.checked
        if checked is not None and checked.report["status"] not in NOT_CHECKED:
            return HandedIn(attempt, None)
        try:
            ticket = self._check(attempt, f"student {student_id}", again=checked is not None)
        except (Busy, Closed):
            with self._lock:
                self._refused.add(attempt.id)
            ticket = None
        return HandedIn(attempt, None if attempt.withheld else ticket)

    def ticket(self, attempt_id: int) -> Ticket | None:
        """Of an attempt that is being checked here, for a page that was loaded anew; None once its report is stored."""
        with self._lock:
            return None if attempt_id in self._hidden else self._tickets.get(attempt_id)

    def look_at_rulings(self) -> None:
        """Have marked again, in the background, what was marked with other rulings than there are now."""
        self._ruled.set()

    def problems(self, version_id: int) -> Mapping[str, Problem]:
        """The problems of a published set, read once and kept.

        Raises:
            Missing: the set was deleted.
            AuthorError: it cannot be read, for it was written by another version of the program.
        """
        with self._lock:
            known = self._sets.get(version_id)
            if known is not None:
                self._sets.move_to_end(version_id)
                return known
        found = problem_set_of(self._store.checking.content(version_id)).problems
        with self._lock:
            self._sets[version_id] = found
            while len(self._sets) > SETS:
                self._sets.popitem(last=False)
        return found

    # ------------------------------------------------------------ to the service

    def _check(self, attempt: Attempt, user: str, *, again: bool = False) -> Ticket | None:
        """Submit an attempt; None where it cannot be checked at all, which its report then says.

        Raises:
            Busy, Closed: the service takes no more on at the moment.
        """
        try:
            problem = self.problems(attempt.version_id).get(attempt.problem_id)
            rulings = rulings_on(self._store, attempt)
        except Missing:
            return None  # the work was deleted with the set
        except AuthorError as error:
            self._store_report(attempt.id, _no_report(attempt, None, "error", str(error)), 0.0, again=again)
            return None
        if problem is None:
            self._store_report(attempt.id, _no_report(attempt, None, "error", NO_PROBLEM), 0.0, again=again)
            return None
        with self._lock:
            ticket = self._tickets.get(attempt.id)
            if ticket is not None:
                return ticket
            try:
                ticket = self._service.submit(user, problem, attempt.work, rulings=rulings)
            except TooLarge as error:
                report = _no_report(attempt, problem, "unreadable", str(error))
            else:
                self._tickets[attempt.id] = ticket
                self._refused.discard(attempt.id)
                if attempt.withheld:
                    self._hidden.add(attempt.id)
                if again:
                    self._again.add(attempt.id)
                self._handed[attempt.id] = attempt
        if ticket is None:
            self._store_report(attempt.id, report, 0.0, again=again)
        else:
            ticket.when_done(lambda: self._ended.put(attempt.id))
        return ticket

    # ------------------------------------------------------------ to the store

    def _keep(self) -> None:
        """The life of the thread that stores what has been checked."""
        while (attempt_id := self._ended.get()) != DONE:
            with self._lock:
                ticket = self._tickets.get(attempt_id)
                again = attempt_id in self._again
                attempt = self._handed.get(attempt_id)
            if ticket is None:
                continue
            try:
                report = ticket.report(0)
                if report["status"] == "error" and not self._service.health["ok"]:
                    self._try_later(attempt_id)  # no process could be started: that is no fault of the work
                else:
                    self._store_report(attempt_id, report, ticket.seconds, again=again)
                    if attempt is not None and outdated(report, rulings_on(self._store, attempt)):
                        self._ruled.set()  # the teacher has had a word while it was being checked
            except NoReport:
                self._try_later(attempt_id)  # most often the service was closed; the attempt waits in the store
            except Exception as error:  # noqa: BLE001 - the others' reports are to be stored all the same
                self._try_later(attempt_id)
                note_fault(LOG, "desk-store", error)
            finally:
                with self._lock:
                    del self._tickets[attempt_id]
                    self._handed.pop(attempt_id, None)
                    self._hidden.discard(attempt_id)
                    self._again.discard(attempt_id)
                self._look.set()

    def _store_report(self, attempt_id: int, report: Mapping[str, Any], seconds: float, *, again: bool) -> None:
        for pause_s in (*STORING_AGAIN_S, None):
            try:
                self._store.checking.report(attempt_id, report, engine=report["version"], seconds=seconds, again=again)
            except Missing:
                pass  # the student has deleted it
            except StoreError as error:
                if isinstance(error, StoreBusy) and pause_s is not None:
                    time.sleep(pause_s)
                    continue
                self._try_later(attempt_id)
                _note("report not stored", attempt=attempt_id, why=type(error).__name__)
            return

    def _try_later(self, attempt_id: int) -> None:
        with self._lock:
            self._later[attempt_id] = time.monotonic() + LATER_S

    # ------------------------------------------------------------ what was left waiting

    def _resume(self) -> None:
        """The life of the thread that finds work that waits and that nobody is checking."""
        while not self._closing:
            self._look.clear()
            try:
                left = self._take_on()
            except StoreError as error:
                _note("not resumed", why=type(error).__name__)
                left = False
            except Exception as error:  # noqa: BLE001 - the thread looks again
                note_fault(LOG, "desk-resume", error)
                left = False
            # While there is more than is taken on at once, the next report that is stored wakes it.
            self._look.wait(LOOK_S if not left else LOOK_S / 3)

    def _take_on(self) -> bool:
        """Submit some of what waits; whether there is more."""
        now = time.monotonic()
        with self._lock:
            self._later = {number: at for number, at in self._later.items() if at > now}
            busy = {*self._tickets, *self._later}
            refused = set(self._refused)
            room = RESUMED_AT_ONCE - sum(ticket.user == RESUMED for ticket in self._tickets.values())
        if room <= 0:
            return True
        long_ago = max(self._begun, self._store.now() - OTHERS)
        for attempt in self._store.checking.waiting(len(busy) + 10 * RESUMED_AT_ONCE):
            if attempt.id in busy or (attempt.handed_in_at >= long_ago and attempt.id not in refused):
                continue
            if room <= 0:
                return True
            try:
                self._check(attempt, RESUMED)
            except Busy:
                return True
            except Closed:
                return False
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001 - what comes after it is to be checked all the same
                self._try_later(attempt.id)
                note_fault(LOG, "desk-resume", error)
            room -= 1
        return False

    # ------------------------------------------------------------ marks that have to follow a ruling

    def _follow_rulings(self) -> None:
        """The life of the thread that marks again what a ruling came too late for: at a start, or in a full queue."""
        while not self._closing:
            self._ruled.clear()
            try:
                done = self._mark_what_is_outdated()
            except (Closed, NoReport):
                return
            except StoreError as error:
                _note("rulings put off", why=type(error).__name__)
                done = False
            except Exception as error:  # noqa: BLE001 - the thread looks again
                note_fault(LOG, "desk-rulings", error)
                done = False
            self._ruled.wait(None if done else LATER_S)

    def _mark_what_is_outdated(self) -> bool:
        """Whether all of it could be done."""
        for attempt_id in self._store.checking.maybe_outdated():
            if self._closing:
                break
            with contextlib.suppress(AuthorError):
                work = self._store.checking.attempt(attempt_id)
                problem = self.problems(work.version_id).get(work.problem_id)
                if problem is None or work.checked is None:
                    continue
                if outdated(work.checked.report, rulings_on(self._store, work)):
                    try:
                        mark_one_again(self._store, self._service, RULED, work, problem)
                    except Busy:
                        return False
        return True


def _no_report(attempt: Attempt, problem: Problem | None, status: str, message: str) -> dict[str, Any]:
    work = Submission("", "", attempt.problem_id, attempt.work)
    return to_json(unmarked(work, problem, status, message))


def _note(event: str, **said: str | int) -> None:
    """A line of the log, without a word of a student's."""
    LOG.warning("%s", json.dumps({"event": event, **said}, separators=(",", ":")))
