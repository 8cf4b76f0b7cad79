"""What whoever hands in work gets: its place in the queue, each line as it is judged, the report in the end.

A ticket may be followed from a thread (`events`, `report`) or from a coroutine (`follow`, `reported`), by several at
once, from the beginning or late: what has happened is told first. Work that was checked before has its report at once,
and no lines are told of it one by one.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tutor.errors import TutorError
from tutor.service.rulings import Ruling, settled, settled_step

LOOK_S = 0.5  # how often whoever waits is told a new place


@dataclass(frozen=True, slots=True)
class Waiting:
    """The work waits; place 1 is the next to be checked."""

    place: int


@dataclass(frozen=True, slots=True)
class LineChecked:
    """A line as it is judged by itself, as `steps` of the machine interface has it; the report may say otherwise.

    step: says on which line it stands; a line may have several. In work that a model has read, a line that may turn out
    to be wrong is told only by the report. number: how many were told before it; from 0 again where a process was lost
    and the work is checked once more.
    """

    number: int
    step: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """The end: the report, as the machine interface has it."""

    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The end without a report.

    why: "withdrawn", "replaced" by newer work of the same slot, "closing", or "fault" where it was one of ours.
    """

    why: str


Event = Waiting | LineChecked | Checked | Withdrawn


class NoReport(TutorError):
    """The work was withdrawn, or the service closed, before there was a report."""


class Queue(Protocol):
    """What a ticket asks of the service."""

    def place_of(self, ticket: Ticket) -> int:
        """Its place in the queue, 0 where it does not wait any more."""
        ...

    def withdraw(self, ticket: Ticket, why: str = "withdrawn") -> bool:
        """Take it back."""
        ...


class Ticket:
    """One piece of work on its way. seconds: of the check itself; from_memory: it had been checked before."""

    def __init__(self, number: int, user: str, slot: str, rulings: Mapping[str, Ruling], queue: Queue) -> None:
        self.number = number
        self.user = user
        self.slot = slot
        self.handed_in = time.monotonic()
        self.seconds = 0.0
        self.from_memory = False
        self._rulings = rulings
        self._queue = queue
        self._steps: list[Mapping[str, Any]] = []
        self._events: list[LineChecked | Checked | Withdrawn] = []
        self._changed = threading.Condition()
        self._listeners: list[Callable[[], None]] = []

    # ------------------------------------------------------------ for whoever handed it in

    @property
    def place(self) -> int:
        """1 for the next to be checked, 0 where it is being checked or done."""
        return self._queue.place_of(self)

    @property
    def done(self) -> bool:
        """Whether there is a report, or there will be none."""
        with self._changed:
            return self._over

    @property
    def steps(self) -> list[Mapping[str, Any]]:
        """The lines that have been judged so far."""
        with self._changed:
            return list(self._steps)

    def cancel(self) -> bool:
        """Take the work back, as when the student goes on writing; whether there was still time."""
        return self._queue.withdraw(self)

    def report(self, timeout_s: float | None = None) -> dict[str, Any]:
        """The report; waits for it.

        Raises:
            NoReport: it was withdrawn.
            TimeoutError: it is not there in time; it is still being worked on.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._over, timeout_s):
                raise TimeoutError(f"no report within {timeout_s:g} s")
            return _report_of(self._events[-1])

    def events(self, look_s: float = LOOK_S) -> Iterator[Event]:
        """What happens to it, the places in the queue included; the last is `Checked` or `Withdrawn`."""
        told, place = 0, 0
        while True:
            with self._changed:
                if len(self._events) == told:
                    self._changed.wait(look_s if told or place else 0)
                new = self._events[told:]
            told += len(new)
            yield from new
            if new and not isinstance(new[-1], LineChecked):
                return
            if not told and (now := self.place) and now != place:
                place = now
                yield Waiting(place)
            elif not told and not place:
                place = -1  # it is being checked, and has no place to tell

    def when_done(self, call: Callable[[], None]) -> None:
        """Have this called once there is a report or there will be none, or at once where that is so; it is quick."""

        def listener() -> None:
            if self.done:
                call()

        with self._changed:
            over = self._over
            if not over:
                self._listeners.append(listener)
        if over:
            call()

    async def reported(self) -> dict[str, Any]:
        """As `report`, for a coroutine; whoever wants no longer to wait ends the coroutine.

        Raises:
            NoReport: it was withdrawn.
        """
        async for event in self.follow():
            if isinstance(event, Checked | Withdrawn):
                return _report_of(event)
        raise AssertionError("a ticket ends with a report or without one")

    async def follow(self, look_s: float = LOOK_S) -> AsyncIterator[Event]:
        """As `events`, for a coroutine."""
        loop = asyncio.get_running_loop()
        changed = asyncio.Event()

        def listener() -> None:
            with contextlib.suppress(RuntimeError):  # the loop has been closed
                loop.call_soon_threadsafe(changed.set)

        with self._changed:
            self._listeners.append(listener)
        try:
            told, place = 0, 0
            while True:
                changed.clear()
                with self._changed:
                    new = self._events[told:]
                told += len(new)
                for event in new:
                    yield event
                if new and not isinstance(new[-1], LineChecked):
                    return
                if not told and (now := self.place) and now != place:
                    place = now
                    yield Waiting(place)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), look_s)
        finally:
            with self._changed:
                self._listeners.remove(listener)

    # ------------------------------------------------------------ for the service

    def tell_step(self, number: int, step: Mapping[str, Any]) -> None:
        """A line has been judged."""
        step = settled_step(step, self._rulings)
        with self._changed:
            self._steps[number:] = [step]
        self._tell(LineChecked(number, step))

    def tell_report(self, report: Mapping[str, Any], ruled: Mapping[str, Any] | None = None) -> bool:
        """The check is over; whether it was not before. ruled: the mark with the teacher's rulings."""
        return self._tell(Checked(settled(report, self._rulings, ruled)))

    def tell_withdrawn(self, why: str) -> bool:
        """There will be no report; whether there was none before."""
        return self._tell(Withdrawn(why))

    @property
    def _over(self) -> bool:
        return bool(self._events) and not isinstance(self._events[-1], LineChecked)

    def _tell(self, event: LineChecked | Checked | Withdrawn) -> bool:
        with self._changed:
            if self._over:
                return False
            self._events.append(event)
            self._changed.notify_all()
            listeners = list(self._listeners)
        for listener in listeners:
            listener()
        return True


def _report_of(event: Event) -> dict[str, Any]:
    if isinstance(event, Checked):
        return dict(event.report)
    raise NoReport("The work was withdrawn before it was checked.")
