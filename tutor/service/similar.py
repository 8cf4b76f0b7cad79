"""Similar problems looked for in a child process: `python -m tutor.service.similar`, killed when it takes too long.

The parent writes the problem, pickled, and reads JSON, so nothing that the child says is more than text.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass, replace
from typing import Final

from tutor.records import Problem
from tutor.verify.worker import environment

LONGEST_S: Final = 25.0
PATIENCE_S: Final = 10.0  # for the turn: one is looked for at a time
LETTERS: Final = 5_000

_turn = threading.Semaphore(1)


@dataclass(frozen=True, slots=True)
class Found:
    """A similar problem. answers: verified; lines: a worked solution of which each line is verified."""

    statement: str
    answers: tuple[str, ...]
    lines: tuple[str, ...]


def find_similar(problem: Problem, seed: int = 0, longest_s: float = LONGEST_S) -> Found | None:
    """A problem of the same kind with a verified answer; None where none was found, or not in time."""
    if len(problem.statement) > LETTERS or not _turn.acquire(timeout=PATIENCE_S):
        return None
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "tutor.service.similar"],
            input=pickle.dumps((replace(problem, givens=dict(problem.givens)), seed)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback may quote a student
            env=environment(),
            timeout=longest_s,
            check=True,
        )
        said = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None
    finally:
        _turn.release()
    return None if said is None else Found(said["statement"], tuple(said["answers"]), tuple(said["lines"]))


def main() -> None:
    """Answer one question of the parent."""
    from tutor.solve.similar import similar

    problem, seed = pickle.loads(sys.stdin.buffer.read())
    found = similar(problem, seed)
    said = None
    if found is not None:
        said = {"statement": found.statement, "answers": found.answers, "lines": found.lines}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
