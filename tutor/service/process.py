"""One checking process as the service holds it: started, written to, listened to, killed with all that it started."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import IO, Any

from tutor.service.messages import MAX_LINE, from_line, to_line
from tutor.slm.choice import ModelChoice
from tutor.verify.worker import environment

ENGINE = "tutor.service.engine:Engine"
# Threads of several processes on the same cores wait for each other, which made reading a line ten times as long.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
ENDED: Mapping[str, Any] = {"ended": True}  # what is received when the process is gone
NUDGE: Mapping[str, Any] = {"nudge": True}  # what is received when another thread wants attention
LOOK_S = 0.2
ENDS_S = 2.0  # how long a process that is told to end may take


class Process:
    """A process that checks. Messages come in from a thread of its own, so that waiting for one can end.

    Start it from a thread that lives as long as it does: on Linux a process dies with the thread that started it.
    threads: that a model may calculate with, where the environment does not say how many.
    """

    def __init__(self, choice: ModelChoice, checker: str = ENGINE, threads: int = 1) -> None:
        self._process = subprocess.Popen(
            # -P: the current folder may hold a `json.py` of somebody's.
            [sys.executable, "-P", "-m", "tutor.service.child", checker, json.dumps(asdict(choice))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback may quote a student
            env={**dict.fromkeys(THREADS, str(threads)), **environment()},
            start_new_session=True,  # a group, so that a kill reaches the process that it asks
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin = self._process.stdin
        self._inbox: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._listener = threading.Thread(target=_listen, args=(self._process.stdout, self._inbox), daemon=True)
        self._listener.start()
        self.checks = 0
        self.bytes = 0
        self.counts: dict[str, int] = {}

    @property
    def pid(self) -> int:
        """Of the process, and of its group."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def send(self, message: Mapping[str, Any]) -> bool:
        """Whether the process took the message; one that has died did not."""
        try:
            with self._lock:
                self._stdin.write(to_line(message))
                self._stdin.flush()
        except (OSError, ValueError):
            return False
        return True

    def receive(self, timeout_s: float) -> Mapping[str, Any] | None:
        """The next message, `ENDED` where there will be none, None where there was none in time."""
        try:
            return self._inbox.get(timeout=max(0.0, timeout_s))
        except queue.Empty:
            return None

    def nudge(self) -> None:
        """Have `receive` return to whoever waits in it."""
        self._inbox.put(NUDGE)

    def how_it_ended(self) -> str:
        """The signal or the exit status, for the log."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(LOOK_S)  # its pipe closes a moment before it has ended
        code = self._process.poll()
        if code is not None and code < 0:
            return signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        return f"exit status {code}"

    def close(self) -> None:
        """End it as it is idle: it ends when it is not written to any more."""
        with contextlib.suppress(OSError):
            self._stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDS_S)
        self.kill()

    def kill(self) -> None:
        """End it now, whatever it is doing, and all that it started."""
        if hasattr(os, "killpg"):
            # The group may outlive its leader: the process that it asked is in it.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDS_S)
        with contextlib.suppress(OSError):
            self._stdin.close()


def _listen(pipe: IO[bytes], inbox: queue.SimpleQueue[Mapping[str, Any]]) -> None:
    """Hand each message on, and `ENDED` after the last."""
    with contextlib.suppress(OSError, ValueError), pipe:
        while (line := pipe.readline(MAX_LINE + 1)) and len(line) <= MAX_LINE:
            inbox.put(from_line(line))
    inbox.put(ENDED)


def wait_until_ready(process: Process, patience_s: float, closing: Callable[[], bool]) -> bool:
    """Whether it says within this time that it can check; asks every moment whether it is still wanted."""
    until = time.monotonic() + patience_s
    while (left := until - time.monotonic()) > 0:
        message = process.receive(min(left, LOOK_S))
        if message is ENDED or closing():
            return False
        if message is not None and "ready" in message:
            process.bytes = int(message["bytes"])
            return True
    return False
