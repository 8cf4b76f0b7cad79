"""The service: takes work on, has it checked in turn, and tells each ticket what becomes of it.

A thread for each checking process takes whose turn it is, hands it over, and listens. Work that a process dies of is
tried once more in a fresh one; work that takes too long is stopped. Either costs that check alone, and its report says
so. Logs and counters hold numbers, digests and kinds of faults, never what a student wrote or is called.
"""

from __future__ import annotations

import atexit
import itertools
import json
import logging
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any

from tutor.batch.outcome import unmarked
from tutor.batch.pool import usual_jobs
from tutor.errors import StudentError, TooLarge, TutorError
from tutor.records import Problem, Submission
from tutor.report.machine import to_json
from tutor.service.counters import Counters, Labels
from tutor.service.faults import note_fault
from tutor.service.known import Reports, problem_key, report_key
from tutor.service.messages import Asked, packed, unpacked
from tutor.service.process import ENDED, ENGINE, Process, wait_until_ready
from tutor.service.rulings import Ruling, by_line, hits
from tutor.service.ticket import Ticket
from tutor.service.waiting import Turns
from tutor.slm.choice import ModelChoice

LOG = logging.getLogger("tutor.service")

STARTS_S = 60.0  # how long a process may take until it can check
FAILED_STARTS = 3  # in a row, after which what waits is given up
AGAIN_S = (0.5, 2.0, 10.0)  # pauses after a failed start
STOPS_S = 1.0  # how long a check that was withdrawn may take to its next line
IDLE_LOOK_S = 2.0
HOMES = 10_000
GUESS_S = 0.1  # of a check, while none has been timed

TOO_LONG = "The check took more than {seconds:g} seconds and was stopped{place}. Try again, or with fewer lines."
BROKE_OFF = "The check broke off twice{place}. Nothing you wrote is lost: try again, or show it to your teacher."
NO_PROCESS = "Nothing can be checked at the moment. Nothing you wrote is lost: try again in a minute."


class Busy(StudentError):
    """So much work waits that no more is taken on. place: the one it would have had; again_s: when to try again."""

    def __init__(self, place: int, again_s: float, message: str = "") -> None:
        self.place = place
        self.again_s = again_s
        many = f"{place - 1} pieces of work are waiting, and yours would be number {place}"
        super().__init__(f"{message or many}. Try again in about {max(1, round(again_s))} s.")


class Closed(TutorError):
    """The service takes no more work on: it is being shut down."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a service is told.

    processes: that check side by side, each with a model of its own once one is needed; of one user one piece of work
    at a time. queue: pieces of work that may wait; per_user: those of one user. check_s: the longest that a check may
    take. work: letters in one piece of work. remembered_bytes: of reports kept for work that comes again. checks,
    process_bytes: after so many, or with so much memory, a process is replaced. checker: what a process runs,
    `module:class`.
    """

    processes: int = field(default_factory=usual_jobs)
    queue: int = 400
    per_user: int = 8
    check_s: float = 30.0
    work: int = 50_000
    remembered_bytes: int = 64_000_000
    checks: int = 5_000
    process_bytes: int = 1_500_000_000
    model: ModelChoice = field(default_factory=ModelChoice.from_environment)
    checker: str = ENGINE


@dataclass(slots=True)
class _Job:
    """A ticket with what is asked for it."""

    ticket: Ticket
    asked: Asked
    key: str
    tries: int = 0
    steps: int = 0
    withdrawn_at: float | None = None


@dataclass(slots=True, eq=False)
class _Seat:
    """A place for a process, the process that sits there, and what it is working on."""

    number: int
    process: Process | None = None
    ready: bool = False
    job: _Job | None = None
    failed_starts: int = 0
    thread: threading.Thread | None = None

    @property
    def idle(self) -> bool:
        """Whether it could check at once."""
        return self.ready and self.job is None


class Service:
    """Checks work for many users at once; to be opened with `with`, or with `start` and `close`.

    >>> from tutor.problems import problem_from_statement
    >>> with Service(Settings(processes=1, model=ModelChoice(off=True))) as service:
    ...     ticket = service.submit("ann", problem_from_statement("Solve 2x = 6"), "x = 3")
    ...     [step["verdict"] for step in ticket.report()["steps"]]
    ['correct']
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.counters = Counters()
        self._reports = Reports(self.settings.remembered_bytes)
        self._model = _model_name(self.settings.model)
        # The replies of a server may change from one day to the next, so its reports are not kept.
        self._keeps = not self.settings.model.server
        self._turns: Turns[Ticket] = Turns()
        self._jobs: dict[Ticket, _Job] = {}
        self._slots: dict[tuple[str, str], Ticket] = {}
        self._homes: OrderedDict[str, _Seat] = OrderedDict()
        self._seats = [_Seat(n) for n in range(max(1, self.settings.processes))]
        self._numbers = itertools.count(1)
        self._checks_s = GUESS_S
        self._last_awaited = float("-inf")
        self._changed = threading.Condition()
        self._started = False
        self._closing = False
        self._broken = False

    # ------------------------------------------------------------ beginning and end

    def __enter__(self) -> Service:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def start(self) -> None:
        """Start the processes; work may be handed in before they are ready."""
        with self._changed:
            if self._started:
                return
            self._started = True
        for seat in self._seats:
            seat.thread = threading.Thread(target=self._run, args=(seat,), name=f"check-{seat.number}", daemon=True)
            seat.thread.start()
        atexit.register(self.close)

    def close(self, patience_s: float = 5.0) -> None:
        """Take nothing more on, give back what waits, let checks under way end for so long, and end the processes."""
        with self._changed:
            self._closing = True
            waiting = self._turns.everything()
            for ticket in waiting:
                self._turns.remove(ticket)
                self._forget(ticket)
            self._changed.notify_all()
        for ticket in waiting:
            self._tell_withdrawn(ticket, "closing")
        until = time.monotonic() + patience_s
        for seat in self._seats:
            if seat.thread is not None:
                seat.thread.join(max(0.0, until - time.monotonic()))
        for seat in self._seats:
            if seat.process is not None:
                seat.process.kill()
        for seat in self._seats:
            if seat.thread is not None:
                seat.thread.join(STOPS_S)
        atexit.unregister(self.close)
        _note("closed", given_back=len(waiting))

    # ------------------------------------------------------------ for the pages

    def submit(
        self,
        user: str,
        problem: Problem,
        work: str,
        *,
        slot: str = "",
        rulings: Sequence[Ruling] = (),
        opinions: str = "undecided",
        background: bool = False,
    ) -> Ticket:
        """Hand work in; its ticket at once.

        user: whoever shares a turn: a student, or the tab of a guest. slot: what the work is the newest version of, as
        the problem's id: older work of the same user and slot that is not done yet is withdrawn, and its place kept.
        rulings: the teacher's, on lines of this problem. opinions: on which steps the model is asked for one.
        background: nobody sits and waits for it (an upload); work of any length is taken.

        Raises:
            Busy: too much waits; it says when to try again.
            TooLarge: the work is longer than is read here.
            Closed: the service is being shut down.
        """
        if not background and len(work) > self.settings.work:
            self.counters.add("tutor_refused_total", why="too large")
            raise TooLarge(f"The work has {len(work):,} letters; at most {self.settings.work:,} are checked at once.")
        work = work.encode("utf-8", "replace").decode("utf-8")  # halves of letters fit in no file
        named = problem_key(problem)
        key = report_key(named, work, opinions, self._model)
        ruled = by_line(rulings)
        ticket = Ticket(next(self._numbers), user, slot, ruled, self)
        says = {line: ruling.right for line, ruling in ruled.items()}
        asked = Asked(ticket.number, named, packed(problem), work, opinions, says)
        with self._changed:
            if self._closing:
                raise Closed("The service is being shut down.")
            if not background:
                self._last_awaited = ticket.handed_in
            older = self._slots.get((user, slot)) if slot else None
            known = self._reports.get(key) if self._keeps else None
            if known is not None and hits(known, ruled):
                known = None  # its marks are another matter now
            if known is None:
                if older is None or older not in self._turns:
                    self._admit(user)
                    self._turns.add(user, ticket)
                else:
                    self._turns.replace(older, ticket)
                    self._forget(older)
                self._jobs[ticket] = _Job(ticket, asked, key)
                if slot:
                    self._slots[user, slot] = ticket
                self._changed.notify_all()
        if older is not None:
            self.withdraw(older, "replaced")
        if known is not None:
            ticket.from_memory = True
            self._finish(ticket, known)
        elif not self._started:
            self.start()
        return ticket

    def check(self, user: str, problem: Problem, work: str, *, rulings: Sequence[Ruling] = ()) -> dict[str, Any]:
        """Hand work in and wait for its report; raises as `submit` does."""
        return self.submit(user, problem, work, rulings=rulings).report()

    async def check_soon(
        self, user: str, problem: Problem, work: str, *, rulings: Sequence[Ruling] = ()
    ) -> dict[str, Any]:
        """As `check`, for a coroutine; where the coroutine is ended, the work is withdrawn."""
        ticket = self.submit(user, problem, work, rulings=rulings)
        try:
            return await ticket.reported()
        finally:
            ticket.cancel()

    @property
    def quiet_s(self) -> float:
        """Seconds since work was handed in that somebody waits for."""
        return time.monotonic() - self._last_awaited

    def place_of(self, ticket: Ticket) -> int:
        """Its place in the queue, 1 for the next; 0 where it does not wait any more."""
        with self._changed:
            return self._turns.place(ticket)

    def withdraw(self, ticket: Ticket, why: str = "withdrawn") -> bool:
        """Take work back; whether it was still to be done. A check under way ends at its next line."""
        with self._changed:
            job = self._jobs.get(ticket)
            self._turns.remove(ticket)
            self._forget(ticket)
            seat = next((s for s in self._seats if job is not None and s.job is job), None)
            process = None if seat is None else seat.process
            if job is not None:
                job.withdrawn_at = time.monotonic()
        if process is not None:
            process.send({"withdraw": ticket.number})
            process.nudge()
        return self._tell_withdrawn(ticket, why)

    @property
    def health(self) -> dict[str, Any]:
        """How the service is, for `/healthz`; `ok` where work is checked, or will be when processes have started."""
        with self._changed:
            return {
                "ok": self._started and not self._closing and not self._broken,
                "processes": len(self._seats),
                "ready": sum(seat.ready for seat in self._seats),
                "running": sum(seat.job is not None for seat in self._seats),
                "waiting": len(self._turns),
            }

    def metrics(self) -> str:
        """The counts in Prometheus' text format, for `/metrics`."""
        with self._changed:
            gauges: dict[tuple[str, Labels], float] = {
                ("tutor_waiting", ()): len(self._turns),
                ("tutor_running", ()): sum(seat.job is not None for seat in self._seats),
                ("tutor_processes_ready", ()): sum(seat.ready for seat in self._seats),
                ("tutor_remembered_bytes", ()): self._reports.held_bytes,
            }
            for seat in self._seats:
                if seat.process is not None:
                    gauges["tutor_process_bytes", (("process", str(seat.number)),)] = seat.process.bytes
        return self.counters.as_text(gauges)

    def pids(self) -> list[int]:
        """Of the processes that are there now, for `tutor doctor`."""
        return [seat.process.pid for seat in self._seats if seat.process is not None and seat.process.alive]

    # ------------------------------------------------------------ taking on and giving back

    def _admit(self, user: str) -> None:
        """Whether there is room for one more of this user."""
        waiting, own = len(self._turns), self._turns.of(user)
        if waiting >= self.settings.queue:
            self.counters.add("tutor_refused_total", why="queue full")
            raise Busy(waiting + 1, self._checks_s * waiting / len(self._seats))
        if own >= self.settings.per_user:
            self.counters.add("tutor_refused_total", why="user's share full")
            message = f"{own} pieces of your work are waiting, and no more are taken on"
            raise Busy(waiting + 1, self._checks_s * own, message)

    def _forget(self, ticket: Ticket) -> None:
        """Nothing more is to be done for it. The lock is held."""
        self._jobs.pop(ticket, None)
        if self._slots.get((ticket.user, ticket.slot)) is ticket:
            del self._slots[ticket.user, ticket.slot]

    def _tell_withdrawn(self, ticket: Ticket, why: str) -> bool:
        told = ticket.tell_withdrawn(why)
        if told:
            self.counters.add("tutor_checks_total", status="withdrawn")
            _note("withdrawn", check=ticket.number, why=why)
        return told

    def _finish(
        self, ticket: Ticket, report: Mapping[str, Any], *, ruled: Mapping[str, Any] | None = None, tries: int = 1
    ) -> None:
        """Tell the ticket its report, and count it. ruled: the mark with the teacher's rulings."""
        with self._changed:
            self._forget(ticket)
        took = time.monotonic() - ticket.handed_in
        if not ticket.tell_report(report, ruled):
            return
        verdicts = Counter(step["verdict"] for step in report["steps"])
        self.counters.add("tutor_checks_total", status=report["status"])
        self.counters.took("tutor_check_seconds", took)
        if ticket.from_memory:
            self.counters.add("tutor_checks_from_memory_total")
        # Without verdicts: anybody may read the counts, also while an exam keeps its verdicts back.
        self.counters.add("tutor_lines_total", len(report["steps"]))
        _note(
            "checked",
            check=ticket.number,
            status=report["status"],
            seconds=round(took, 4),
            checking_seconds=round(ticket.seconds, 4),
            from_memory=ticket.from_memory,
            tries=tries,
            lines=dict(verdicts),
        )

    # ------------------------------------------------------------ a seat and its process

    def _run(self, seat: _Seat) -> None:
        """The life of a seat: a process that is there, and one check after another."""
        while not self._closing:
            job = None
            try:
                if self._seated(seat) and (job := self._next(seat)) is not None:
                    self._serve(seat, job)
            except Exception as error:  # noqa: BLE001 - else there would be one process less, and nobody would know
                note_fault(LOG, f"check-{seat.number}", error)
                self._unseat(seat, "fault")
                if job is not None:
                    self._tell_withdrawn(job.ticket, "fault")
                with self._changed:
                    self._changed.wait_for(lambda: self._closing, AGAIN_S[0])
        process, seat.process, seat.ready = seat.process, None, False
        if process is not None:
            process.close()

    def _seated(self, seat: _Seat) -> bool:
        """Whether the seat has a process that can check; it is started where it has none."""
        process = seat.process
        if process is not None and seat.ready and process.alive:
            return True
        if process is not None:
            self._unseat(seat, process.how_it_ended())
        threads = max(1, usual_jobs() // len(self._seats))
        process = seat.process = Process(self.settings.model, self.settings.checker, threads)
        begun = time.monotonic()
        if wait_until_ready(process, STARTS_S, lambda: self._closing):
            with self._changed:
                seat.ready, seat.failed_starts, self._broken = True, 0, False
                self._changed.notify_all()
            _note("process ready", process=seat.number, seconds=round(time.monotonic() - begun, 3))
            return True
        if self._closing:
            return False
        how = process.how_it_ended() if not process.alive else "not ready in time"
        self._unseat(seat, how)
        seat.failed_starts += 1
        if seat.failed_starts >= FAILED_STARTS and not any(other.ready for other in self._seats):
            self._give_up_what_waits()
        with self._changed:
            pause = AGAIN_S[min(seat.failed_starts, len(AGAIN_S)) - 1]
            self._changed.wait_for(lambda: self._closing, pause)
        return False

    def _unseat(self, seat: _Seat, why: str) -> None:
        """End the seat's process, whatever it is doing."""
        process = seat.process
        with self._changed:
            seat.process, seat.ready = None, False
        if process is not None:
            process.kill()
            self.counters.add("tutor_processes_ended_total", why=why)
            _note("process ended", process=seat.number, why=why, checks=process.checks)

    def _give_up_what_waits(self) -> None:
        """No process starts: whoever waits is told so."""
        with self._changed:
            self._broken = True
            waiting = [self._jobs[ticket] for ticket in self._turns.everything()]
            for job in waiting:
                self._turns.remove(job.ticket)
        for job in waiting:
            self._finish(job.ticket, _no_report(job, "error", NO_PROCESS))

    def _next(self, seat: _Seat) -> _Job | None:
        """Whose turn it is, of the users for whom nothing is being checked; None where there is something to see to.

        A user's work goes to the process that has seen it before, where that one has nothing else to do: it remembers
        what it found.
        """
        with self._changed:
            if self._closing:
                return None
            first = self._turns.first({s.job.ticket.user for s in self._seats if s.job is not None})
            home = None if first is None else self._homes.get(first.user)
            if first is None or (home is not None and home is not seat and home.idle):
                self._changed.wait(IDLE_LOOK_S)
                return None
            self._turns.take(first)
            job = seat.job = self._jobs[first]
            self._homes[job.ticket.user] = seat
            self._homes.move_to_end(job.ticket.user)
            if len(self._homes) > HOMES:
                self._homes.popitem(last=False)
            if self._turns:
                self._changed.notify_all()
            return job

    def _serve(self, seat: _Seat, job: _Job) -> None:
        """Have the seat's process do the job, and the job once more in a fresh one where it dies of it."""
        try:
            while self._seated(seat):
                process = seat.process
                if process is None or job.withdrawn_at is not None:
                    return
                job.tries += 1
                if not self._listen(seat, process, job) or self._closing:
                    return
                self._unseat(seat, process.how_it_ended())
                if job.withdrawn_at is not None:
                    return
                if job.tries > 1:
                    self._finish(job.ticket, _no_report(job, "error", BROKE_OFF), tries=job.tries)
                    return
            if not self._closing:
                self._finish(job.ticket, _no_report(job, "error", NO_PROCESS), tries=job.tries)
        finally:
            with self._changed:
                seat.job = None
                self._forget(job.ticket)
                self._changed.notify_all()
            if self._closing:
                self._tell_withdrawn(job.ticket, "closing")  # says nothing where there is a report

    def _listen(self, seat: _Seat, process: Process, job: _Job) -> bool:
        """Pass on what the process says of the job until it is done; whether the process died of it instead."""
        until = time.monotonic() + self.settings.check_s
        job.steps = 0
        if not process.send(job.asked.to_json()):
            return True
        while True:
            end = until if job.withdrawn_at is None else min(until, job.withdrawn_at + STOPS_S)
            message = process.receive(end - time.monotonic())
            if message is None:
                if job.withdrawn_at is not None and time.monotonic() < job.withdrawn_at + STOPS_S:
                    continue
                if job.withdrawn_at is None:
                    report = _no_report(job, "timeout", TOO_LONG, seconds=self.settings.check_s)
                    self._finish(job.ticket, report, tries=job.tries)
                self._unseat(seat, "withdrawn work" if job.withdrawn_at is not None else "too long")
                return False
            if message is ENDED:
                return True
            if "log" in message:
                self.counters.add("tutor_faults_total", kind=message["fault"] or message["log"])
                _note("fault", process=seat.number, where=message["where"], fault=message["fault"])
            if message.get("check") != job.ticket.number:
                continue
            if "step" in message:
                job.ticket.tell_step(job.steps, message["step"])
                job.steps += 1
            elif "report" in message:
                self._take_in(seat, process, job, message)
                return False
            elif "stopped" in message:
                self._after_check(seat, process)
                return False

    def _take_in(self, seat: _Seat, process: Process, job: _Job, message: Mapping[str, Any]) -> None:
        """A report has come."""
        report, spent = message["report"], float(message["seconds"])
        job.ticket.seconds = spent
        process.bytes = int(message["bytes"])
        for name in ("questions", "recalled"):
            known = "tutor_questions_recalled_total" if name == "recalled" else "tutor_questions_total"
            self.counters.add(known, int(message[name]) - process.counts.get(name, 0))
            process.counts[name] = int(message[name])
        with self._changed:
            self._checks_s += (spent - self._checks_s) / 20
            # What the clock or a fault stopped may come out better another time.
            if self._keeps and report["status"] in ("graded", "unreadable"):
                self._reports.put(job.key, report)
        self.counters.took("tutor_checking_seconds", spent)
        self._finish(job.ticket, report, ruled=message["ruled"], tries=job.tries)
        self._after_check(seat, process)

    def _after_check(self, seat: _Seat, process: Process) -> None:
        """Replace a process that has done its share, or that has grown."""
        process.checks += 1
        if process.checks >= self.settings.checks:
            self._unseat(seat, "its share is done")
        elif process.bytes > self.settings.process_bytes:
            self._unseat(seat, "memory")


def _no_report(job: _Job, status: str, message: str, seconds: float = 0.0) -> dict[str, Any]:
    """The report of work that could not be checked to the end, with the lines that were: its marks are pending."""
    problem = unpacked(job.asked.problem)
    steps = job.ticket.steps
    place = f" after line {steps[-1]['line'] + 1}" if steps else ""
    said = message.format(seconds=seconds, place=place)
    report = unmarked(Submission("", "", problem.id, job.asked.work), problem, status, said)
    return {**to_json(replace(report, student=None)), "steps": steps}


def _model_name(choice: ModelChoice) -> str:
    """The model's name, of the bundled one with its version; the choice itself where there is none to be had."""
    from tutor.slm.standby import Standby

    if choice.off:
        return ""
    try:
        return Standby(choice).model
    except TutorError:
        return choice.spec


def _note(event: str, **said: str | int | float | bool | Mapping[str, int]) -> None:
    """A line of the log: one JSON object, of numbers and words of ours only."""
    LOG.info("%s", json.dumps({"event": event, **said}, separators=(",", ":")))
