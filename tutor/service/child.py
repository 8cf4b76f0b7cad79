"""A checking process: `python -m tutor.service.child`, JSON lines in and out; the service starts and ends it.

It reads checks one after another and answers each with a line for every line of the work that is judged, then the
report. A check that was withdrawn ends at its next line. The process ends when nobody is there to write to it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import queue
import random
import sys
import threading
import time
from dataclasses import replace
from importlib import import_module
from typing import IO, Any

from tutor.batch.pool import die_with_the_parent
from tutor.records import CheckedStep
from tutor.report.machine import step_to_json, to_json
from tutor.service.engine import Checker
from tutor.service.messages import MAX_LINE, Asked, from_line, to_line, unpacked
from tutor.service.rulings import mark_json
from tutor.slm.choice import ModelChoice


class Stop(BaseException):
    """The check was withdrawn; no `Exception`, so that nothing on the way takes it for a fault of a line."""


class Wire:
    """Messages out, from whichever thread has one."""

    def __init__(self, sink: IO[bytes]) -> None:
        self._sink = sink
        self._lock = threading.Lock()

    def send(self, **message: Any) -> None:
        """Write one message; a parent that is gone needs none."""
        with self._lock, contextlib.suppress(BrokenPipeError):
            self._sink.write(to_line(message))
            self._sink.flush()


class ToService(logging.Handler):
    """What the program logs, told to the service: where and which kind of fault, without words, for they may quote."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(logging.WARNING)
        self._wire = wire

    def emit(self, record: logging.LogRecord) -> None:
        """Tell the service of one record."""
        kind = record.exc_info[0] if record.exc_info else None
        fault = kind.__name__ if kind is not None else ""
        self._wire.send(log=record.levelname.lower(), where=f"{record.name}:{record.lineno}", fault=fault)


class Inbox:
    """Messages in: checks to be done, and those that nobody waits for any more."""

    def __init__(self, source: IO[bytes]) -> None:
        self.asked: queue.SimpleQueue[Asked] = queue.SimpleQueue()
        self._withdrawn: set[int] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._read, args=(source,), daemon=True).start()

    def withdrawn(self, check: int) -> bool:
        """Whether nobody waits for this one."""
        with self._lock:
            return check in self._withdrawn

    def forget(self, check: int) -> None:
        """The check is over."""
        with self._lock:
            self._withdrawn = {other for other in self._withdrawn if other > check}

    def _read(self, source: IO[bytes]) -> None:
        while (line := source.readline(MAX_LINE + 1)) and len(line) <= MAX_LINE:
            message = from_line(line)
            if "withdraw" in message:
                with self._lock:
                    self._withdrawn.add(int(message["withdraw"]))
            else:
                self.asked.put(Asked.from_json(message))
        os._exit(0)  # whatever it is doing, nobody waits for it


def serve(checker: Checker, inbox: Inbox, wire: Wire) -> None:
    """Check what is asked until the process is ended."""
    while True:
        asked = inbox.asked.get()

        def watch(step: CheckedStep, asked: Asked = asked) -> None:
            if inbox.withdrawn(asked.check):
                raise Stop
            wire.send(check=asked.check, step=step_to_json(step))

        # As a row of a batch begins, so that a report does not depend on what was checked before.
        random.seed(0)
        begun = time.perf_counter()
        try:
            if inbox.withdrawn(asked.check):
                raise Stop
            report = checker.check(asked, watch)
        except Stop:
            wire.send(check=asked.check, stopped=True)
        else:
            spent = time.perf_counter() - begun
            record = to_json(replace(report, id="", student=None, problem=report.problem or None, seconds=None))
            ruled = mark_json(report, unpacked(asked.problem), asked.rulings) if asked.rulings else None
            wire.send(
                check=asked.check,
                report=record,
                ruled=ruled,
                seconds=round(spent, 6),
                bytes=memory_used(),
                **checker.counts(),
            )
        inbox.forget(asked.check)


def memory_used() -> int:
    """Bytes of memory that this process holds now; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0


def checker_named(name: str, choice: ModelChoice) -> Checker:
    """The class that `module:class` names, made with the choice of a model."""
    module, _, kind = name.partition(":")
    found: Checker = getattr(import_module(module), kind)(choice)
    return found


def main() -> None:
    """The process's whole life. Its arguments are the name of the checker and the choice of a model, as JSON."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not break the protocol
    if sys.platform == "linux":
        die_with_the_parent()
    wire = Wire(sink)
    logging.basicConfig(handlers=[ToService(wire)], level=logging.WARNING)
    name, choice = sys.argv[1:]
    inbox = Inbox(source)
    checker = checker_named(name, ModelChoice(**json.loads(choice)))
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    wire.send(ready=os.getpid(), bytes=memory_used())
    serve(checker, inbox, wire)


if __name__ == "__main__":
    main()
