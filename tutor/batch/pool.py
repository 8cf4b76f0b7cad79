"""A pool of killable processes that does rows in chunks and gives results back in the order of the rows.

A row that hangs or takes its process down costs that row alone: the process is killed, the other rows of its chunk
are done again, and the row itself is tried once more by itself before it is given up. What a row gives does not
depend on how many processes there are, since every row is done from a clean start with the same seed.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any, Generic, TypeVar

from tutor.errors import TutorError

Row = TypeVar("Row")
Result = TypeVar("Result")

CHUNK_ROWS = 200
FIRST_CHUNK_ROWS = 4  # small at first, so that a small class is spread over the processes and progress shows at once
CHUNKS_AHEAD = 4  # a process; what bounds the memory while one slow row holds back the order
NOTHING = -1
READY = "ready"
FAILED_STARTS = 3
MEMORY_BYTES = 6_000_000_000  # of one process
# Sets of names are walked in an order that depends on the first; one process must not differ from the next. The
# second keeps the current folder off the import path: it may be a student's, with a `pickle.py` in it.
CHILDREN = {"PYTHONHASHSEED": "0", "PYTHONSAFEPATH": "1"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row has no result: `status` "timeout" or "error", and a sentence."""

    status: str
    message: str


@dataclass(slots=True)
class Chunk(Generic[Row]):
    """Rows that follow each other, from `start` on; `tried` marks a row that is alone because it failed before."""

    start: int
    rows: list[Row]
    tried: bool = False


@dataclass(slots=True)
class _Worker(Generic[Row]):
    process: Any
    pipe: Connection
    at: Any  # which row of the chunk it is on, in shared memory
    since: Any  # and since when, on the monotonic clock that all processes share
    chunk: Chunk[Row] | None = None
    ready: bool = False


TOO_LONG = "More than {seconds:g} seconds were needed, twice; it is left for a person."


class CannotStart(TutorError):
    """The processes end before they have taken a single row."""


def _serve(pipe: Connection, at: Any, since: Any, make: Callable[[], Callable[[Any], Any]], seed: int) -> None:
    """The life of one process: rows in, results out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # so that a kill reaches the children of this process too
    if sys.platform == "linux":
        die_with_the_parent()
    work = make()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    if not _sent(pipe, READY):
        return
    while True:
        try:
            rows = pipe.recv()
        except (EOFError, ConnectionResetError):
            return
        results = []
        for i, row in enumerate(rows):
            since.value = time.monotonic()
            at.value = i
            random.seed(seed)
            results.append(work(row))
        at.value = NOTHING
        if not _sent(pipe, results):
            return


def _sent(pipe: Connection, what: object) -> bool:
    """Whether somebody is there to read it: the run may have ended before this process was ready."""
    try:
        pipe.send(what)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def die_with_the_parent() -> None:
    """A process that hangs must not outlive a run that was killed; memory is bounded too."""
    import ctypes
    import resource

    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES if hard < 0 else min(MEMORY_BYTES, hard), hard))


@contextlib.contextmanager
def _environment(changes: dict[str, str]) -> Iterator[None]:
    """These variables for the processes started meanwhile."""
    before = {name: os.environ.get(name) for name in changes}
    os.environ |= changes
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _context() -> BaseContext:
    """Forked from a clean server where the system can (a fork of a parent with threads may hang), else spawned."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


@dataclass
class Pool(Generic[Row, Result]):
    """`jobs` processes, each of which calls `make()` once and the function it gives for every row.

    timeout: seconds for one row. seed: of `random` at the start of every row.
    preload: modules that the processes share from the start, where they are forked.
    """

    make: Callable[[], Callable[[Row], Result]]
    jobs: int = 1
    timeout: float = 30.0
    seed: int = 0
    preload: tuple[str, ...] = ()
    chunk_rows: int = CHUNK_ROWS
    _workers: list[_Worker[Row]] = field(default_factory=list)
    _context: BaseContext = field(default_factory=_context)
    _failed_starts: int = 0

    def __enter__(self) -> Pool[Row, Result]:
        """Start the processes."""
        if self.preload and self._context.get_start_method() == "forkserver":
            self._context.set_forkserver_preload(list(self.preload))
        self._workers = [self._start() for _ in range(max(1, self.jobs))]
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes, whatever they are doing."""
        for worker in self._workers:
            self._kill(worker)
        self._workers = []

    def _start(self) -> _Worker[Row]:
        here, there = self._context.Pipe()
        at = self._context.Value("i", NOTHING, lock=False)
        since = self._context.Value("d", 0.0, lock=False)
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(there, at, since, self.make, self.seed), daemon=False
        )
        with _environment(CHILDREN):
            process.start()
        there.close()
        return _Worker(process, here, at, since)

    @staticmethod
    def _kill(worker: _Worker[Row]) -> None:
        pid = worker.process.pid
        worker.pipe.close()
        if hasattr(os, "killpg") and pid is not None:
            # Before the child has made its own group there is none to kill; then the process alone is killed below.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if os.getpgid(pid) == pid:
                    os.killpg(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            worker.process.kill()
        worker.process.join(5)

    def results(self, rows: Iterable[Row]) -> Iterator[list[tuple[Row, Result | Trouble]]]:
        """Each row with its result, in the order of the rows, a list at a time."""
        source = enumerate(rows)
        queue: deque[Chunk[Row]] = deque()
        done: dict[int, tuple[Row, Result | Trouble]] = {}
        next_out = 0
        size = FIRST_CHUNK_ROWS
        exhausted = False
        taken = 0
        window = max(1, self.jobs) * CHUNKS_AHEAD * self.chunk_rows
        while True:
            for i, worker in enumerate(self._workers):
                if worker.chunk is not None:
                    continue
                if not queue and not exhausted and taken - next_out < window:
                    fresh = Chunk[Row](taken, [])
                    for _, row in source:
                        fresh.rows.append(row)
                        if len(fresh.rows) >= size:
                            break
                    else:
                        exhausted = True
                    taken += len(fresh.rows)
                    size = min(size * 2, self.chunk_rows)
                    if fresh.rows:
                        queue.append(fresh)
                if queue and not self._give(worker, queue[0]):
                    self._kill(worker)
                    self._workers[i] = self._start()
                elif queue:
                    queue.popleft()
            busy = [w for w in self._workers if w.chunk is not None]
            if not busy and not queue and exhausted:
                return
            self._listen(queue, done)
            out: list[tuple[Row, Result | Trouble]] = []
            while next_out in done:
                out.append(done.pop(next_out))
                next_out += 1
            if out:
                yield out

    @staticmethod
    def _give(worker: _Worker[Row], chunk: Chunk[Row]) -> bool:
        """Whether the process took the chunk; one that died while idle did not."""
        worker.since.value = time.monotonic()
        try:
            worker.pipe.send(chunk.rows)
        except (BrokenPipeError, ConnectionResetError):
            return False
        worker.chunk = chunk
        return True

    def _listen(self, queue: deque[Chunk[Row]], done: dict[int, tuple[Row, Result | Trouble]]) -> None:
        """Take in what the processes have finished; kill and replace those that hang or are dead."""
        busy = {w.pipe: w for w in self._workers if w.chunk is not None}
        ready = wait(list(busy), timeout=min(0.2, self.timeout / 4))
        for pipe in ready:
            worker = busy[pipe]  # type: ignore[index]
            chunk = worker.chunk
            assert chunk is not None
            try:
                results = worker.pipe.recv()
            except (EOFError, ConnectionResetError):
                worker.process.join(5)
                self._replace(worker, queue, done, Trouble("error", _how_it_died(worker.process.exitcode)))
                continue
            if results == READY:
                worker.ready = True
                self._failed_starts = 0
                continue
            worker.chunk = None
            done.update((chunk.start + i, (r, x)) for i, (r, x) in enumerate(zip(chunk.rows, results, strict=True)))
        now = time.monotonic()
        for worker in list(self._workers):
            # While a process is still starting, its first row has not begun and the clock is not yet running.
            if worker.chunk is None or worker.pipe in ready or worker.at.value == NOTHING:
                continue
            if now - worker.since.value > self.timeout:
                self._replace(worker, queue, done, Trouble("timeout", TOO_LONG.format(seconds=self.timeout)))

    def _replace(
        self,
        worker: _Worker[Row],
        queue: deque[Chunk[Row]],
        done: dict[int, tuple[Row, Result | Trouble]],
        trouble: Trouble,
    ) -> None:
        chunk = worker.chunk
        assert chunk is not None
        at = worker.at.value
        self._kill(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts > FAILED_STARTS:
                raise CannotStart("the marking processes end while they are starting; try --jobs 1, or tutor doctor")
            queue.appendleft(chunk)
        elif at == NOTHING and not chunk.tried:
            # It died between rows: they are taken one by one to find the cause.
            queue.extendleft(
                Chunk(chunk.start + i, [row], tried=True) for i, row in reversed(list(enumerate(chunk.rows)))
            )
        else:
            at = max(0, at)
            culprit = chunk.start + at
            # Those before it are done again: their results were in the process that is gone.
            for start, rows in ((culprit + 1, chunk.rows[at + 1 :]), (chunk.start, chunk.rows[:at])):
                if rows:
                    queue.appendleft(Chunk(start, rows))
            if chunk.tried:
                done[culprit] = (chunk.rows[at], trouble)
            else:
                queue.appendleft(Chunk(culprit, [chunk.rows[at]], tried=True))
        self._workers[self._workers.index(worker)] = self._start()


def _how_it_died(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return f"The process that marked it was killed ({name}), twice; it is left for a person."
    return f"The process that marked it ended (exit status {code}), twice; it is left for a person."


def usual_jobs() -> int:
    """As many processes as this one may run on."""
    if sys.platform == "linux":
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
