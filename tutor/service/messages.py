"""What the service and a checking process say to each other: JSON objects, one a line.

A problem goes to the process pickled, since a `Problem` holds what its author's text was read as; the process is ours
and so is what it unpickles. Nothing that comes back is unpickled.
"""

from __future__ import annotations

import base64
import json
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tutor.records import Problem

MAX_LINE = 64_000_000  # bytes of one message


@dataclass(frozen=True, slots=True)
class Asked:
    """A check. key: of the problem, so that a process reads it once. opinions: as `grade_submission` has it.

    rulings: by the key of a line, whether a teacher has ruled it right; the work is marked with them, too.
    """

    check: int
    key: str
    problem: bytes
    work: str
    opinions: str = "undecided"
    rulings: Mapping[str, bool] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As a message."""
        return {
            "check": self.check,
            "key": self.key,
            "problem": base64.b64encode(self.problem).decode("ascii"),
            "work": self.work,
            "opinions": self.opinions,
            "rulings": dict(self.rulings),
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Asked:
        """Undoes `to_json`."""
        problem = base64.b64decode(found["problem"])
        return cls(int(found["check"]), found["key"], problem, found["work"], found["opinions"], found["rulings"])


def packed(problem: Problem) -> bytes:
    """A problem as it goes to a process."""
    return pickle.dumps(problem, pickle.HIGHEST_PROTOCOL)


def unpacked(problem: bytes) -> Problem:
    """Undoes `packed`; only for what the service itself has sent."""
    found = pickle.loads(problem)
    assert isinstance(found, Problem)
    return found


def to_line(message: Mapping[str, Any]) -> bytes:
    """The message as a line of ASCII."""
    return json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"


def from_line(line: bytes) -> dict[str, Any]:
    """Undoes `to_line`.

    Raises:
        ValueError: it is something else.
    """
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError("a message is a JSON object")
    return found
