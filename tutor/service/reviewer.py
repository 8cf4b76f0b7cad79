"""Has problem sets looked through in a child process, one at a time, and remembers what was found."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections import OrderedDict
from dataclasses import replace
from typing import Final

from tutor.problems.sets import MAX_FILE
from tutor.service.review import Finding, Review, Severity, file_of, from_json
from tutor.verify.worker import environment

REMEMBERED: Final = 100
LONGEST_S: Final = 240.0
STOPPED: Final = "It took more than {seconds:g} seconds to look through this set. Split it into several smaller ones."
BROKE_OFF: Final = "This file could not be looked through. Is it the file you meant? Try to save it once more."
TOO_LARGE: Final = "The file has {size:,} bytes; a problem set has at most {most:,}."


class Reviewing:
    """A look through a set that is under way."""

    def __init__(self, so_far: Review) -> None:
        self._so_far = so_far
        self._changed = threading.Condition()

    @property
    def so_far(self) -> Review:
        """What is known by now."""
        with self._changed:
            return self._so_far

    def wait(self, timeout_s: float) -> Review:
        """What is known when it is over, or after this time."""
        with self._changed:
            self._changed.wait_for(lambda: self._so_far.done, timeout_s)
            return self._so_far

    def tell(self, found: Review) -> None:
        """There is more to tell."""
        with self._changed:
            self._so_far = found
            self._changed.notify_all()


class Reviewer:
    """Looks through sets, each in a process of its own. longest_s: after which one is given up."""

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self.longest_s = longest_s
        self._known: OrderedDict[str, Reviewing] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(1)

    def look_through(self, file_name: str, data: bytes) -> Reviewing:
        """Begin, or come back to what was begun or found before for the same file."""
        file = file_of(file_name)
        if len(data) > MAX_FILE:
            said = TOO_LARGE.format(size=len(data), most=MAX_FILE)
            return Reviewing(_given_up(Review(file.stem, file.stem), said))
        key = hashlib.sha256(file.name.encode("utf-8", "replace") + b"\n" + data).hexdigest()
        with self._lock:
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = Reviewing(Review(file.stem, file.stem))
                threading.Thread(target=self._run, args=(known, file.name, data), daemon=True).start()
            self._known.move_to_end(key)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    def _run(self, telling: Reviewing, file_name: str, data: bytes) -> None:
        with self._turn:
            try:
                process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "tutor.service.review"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,  # a traceback may quote a student
                    env=environment(),
                    start_new_session=True,  # a group, so that a kill reaches the process that it asks
                )
            except OSError:
                telling.tell(_given_up(telling.so_far, BROKE_OFF))
                return
            watch = threading.Timer(self.longest_s, _kill, (process,))
            watch.start()
            try:
                self._listen(process, telling, file_name, data)
            finally:
                in_time = watch.is_alive()
                watch.cancel()
                _kill(process)
                process.wait()
            if not telling.so_far.done:
                said = BROKE_OFF if in_time else STOPPED.format(seconds=self.longest_s)
                telling.tell(_given_up(telling.so_far, said))

    def _listen(self, process: subprocess.Popen[bytes], telling: Reviewing, file_name: str, data: bytes) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError), process.stdin as stdin:
            asked = {"file": file_name, "data": base64.b64encode(data).decode("ascii")}
            stdin.write(json.dumps(asked).encode("ascii") + b"\n")
        with process.stdout as stdout, contextlib.suppress(ValueError, OSError):
            for line in stdout:
                telling.tell(from_json(json.loads(line)))


def _given_up(so_far: Review, said: str) -> Review:
    return replace(so_far, findings=(*so_far.findings, Finding(Severity.ERROR, "", (), None, said)), done=True)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
