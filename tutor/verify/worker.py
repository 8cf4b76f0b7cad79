"""A killable child process for mathematics whose time nobody can foretell.

The parent writes (task name, arguments), the child writes ("ok", value) or ("no", reason), both as pickles with a
length before them. The parent unpickles only what its own child wrote. A child that is late or dead is replaced, and
costs one answer.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from typing import IO, Any

from tutor.verify.budget import NoAnswer

HEADER = struct.Struct(">I")
MAX_MESSAGE = 4_000_000
MEMORY_BYTES = 1_500_000_000
PATIENCE_S = 1.5
START_S = 20.0
TASKS_PER_CHILD = 500


class Worker:
    """One child, started at the first question, shared by all lines and threads of this process.

    Safe after a fork: a process that did not start the child lets go of it and starts its own.
    """

    def __init__(self, patience_s: float = PATIENCE_S, tasks_per_child: int = TASKS_PER_CHILD) -> None:
        self.patience_s = patience_s
        self.tasks_per_child = tasks_per_child
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._asked = 0
        self._owner = os.getpid()

    @property
    def running(self) -> bool:
        """Whether this process has a child that lives."""
        return self._owner == os.getpid() and self._child is not None and self._child.poll() is None

    def ask(self, task: str, *args: object) -> Any:
        """What the child answers.

        Raises:
            NoAnswer: it refused the task, was late, or died.
        """
        message = pickle.dumps((task, args), pickle.HIGHEST_PROTOCOL)
        if len(message) > MAX_MESSAGE:
            raise NoAnswer("the question is too long", timeout=False)
        self._forget_after_fork()
        with self._lock:
            if self._child is None or self._child.poll() is not None or self._asked >= self.tasks_per_child:
                self._start()
            self._asked += 1
            return self._exchange(message)

    def close(self) -> None:
        """End the child."""
        self._forget_after_fork()
        with self._lock:
            self._stop()

    def _exchange(self, message: bytes) -> Any:
        assert self._child is not None
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(HEADER.pack(len(message)) + message)
            self._child.stdin.flush()
            answer = self._answers.get(timeout=self.patience_s)
        except queue.Empty:
            self._stop()
            raise NoAnswer(f"no answer in {self.patience_s:g} s", timeout=True) from None
        except OSError:
            self._stop()
            raise NoAnswer("the worker died", timeout=True) from None
        if answer is None:
            self._stop()
            raise NoAnswer("the worker died", timeout=True)
        status, value = pickle.loads(answer)
        if status != "ok":
            raise NoAnswer(str(value), timeout=status == "memory")
        return value

    def _start(self) -> None:
        self._stop()
        child = subprocess.Popen(
            # -P: the current folder may be a student's, with a `pickle.py` in it.
            [sys.executable, "-P", "-m", "tutor.verify.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        assert child.stdout is not None
        self._child = child
        self._answers = queue.SimpleQueue()
        self._asked = 0
        threading.Thread(target=_listen, args=(child.stdout, self._answers), daemon=True).start()
        try:
            hello = self._answers.get(timeout=START_S)
        except queue.Empty:
            hello = None
        if hello is None:
            self._stop()
            raise NoAnswer("the worker did not start", timeout=True)

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(OSError):
            child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _forget_after_fork(self) -> None:
        if self._owner == os.getpid():
            return
        child, self._child = self._child, None
        self._owner = os.getpid()
        self._lock = threading.Lock()
        if child is not None:
            child.returncode = 0  # Not ours to wait for.
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        os.close(pipe.fileno())


def environment() -> dict[str, str]:
    """The environment of this process with its import path, so that the child finds the same package."""
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    path = os.pathsep.join(p for p in (here, os.environ.get("PYTHONPATH", "")) if p)
    # One order of sets and dictionaries, so that SymPy takes the same way every time.
    return {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}


def _listen(pipe: IO[bytes], answers: queue.SimpleQueue[bytes | None]) -> None:
    """Hand each message of the child on; None when it has ended."""
    try:
        while (message := _receive(pipe)) is not None:
            answers.put(message)
    except (OSError, ValueError):
        pass
    answers.put(None)


def _receive(pipe: IO[bytes]) -> bytes | None:
    header = pipe.read(HEADER.size)
    if header is None or len(header) < HEADER.size:
        return None
    (length,) = HEADER.unpack(header)
    if length > MAX_MESSAGE:
        return None
    body = pipe.read(length)
    return body if body is not None and len(body) == length else None


def _send(pipe: IO[bytes], value: object) -> None:
    message = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(HEADER.pack(len(message)) + message)
    pipe.flush()


# ---------------------------------------------------------------- the child


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Not every system has it; the clock is then the only bound.
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with(parent: int) -> None:
    """End this process when its parent is gone: a sibling may hold the pipe open."""
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(5)
    os._exit(0)


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Answer questions until there are no more."""
    from tutor.bridge.sympy_tasks import TASKS

    __import__("sympy")
    _send(sink, "ready")
    while (message := _receive(source)) is not None:
        name, args = pickle.loads(message)
        answer: tuple[str, object]
        try:
            answer = ("ok", TASKS[name](*args))
        except MemoryError:
            answer = ("memory", "not enough memory")
        except Exception as error:  # noqa: BLE001  SymPy raises anything; the parent reads it as "no answer"
            answer = ("no", f"{type(error).__name__}: {error}"[:200])
        _send(sink, answer)


def main() -> None:
    """The child's whole life."""
    _limit_memory()
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # What a library prints must not break the protocol.
    if os.name == "posix":
        threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    sys.setrecursionlimit(3_000)
    serve(source, sink)


SHARED = Worker()
atexit.register(SHARED.close)

if __name__ == "__main__":
    main()
