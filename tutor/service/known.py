"""Reports kept for work that is handed in again as it was: by a student who went back, or by another one."""

from __future__ import annotations

import json
import zlib
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from tutor import __version__
from tutor.batch.run import digest, program_hash, stable
from tutor.records import Problem


def problem_key(problem: Problem) -> str:
    """A digest of all that a problem says, the same in every process."""
    return digest(stable(problem))


def report_key(problem: str, work: str, opinions: str, model: str) -> str:
    """A digest of all that a report depends on: the problem's key, the work, the model, and this version of us."""
    return digest([problem, work, opinions, model, __version__, program_hash()])


class Reports:
    """The last reports by their keys, as many as there is room for."""

    def __init__(self, room_bytes: int) -> None:
        self.room_bytes = room_bytes
        self.held_bytes = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: str) -> dict[str, Any] | None:
        """A report of one's own to change, or None."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        found: dict[str, Any] = json.loads(zlib.decompress(kept))
        return found

    def put(self, key: str, report: Mapping[str, Any]) -> None:
        """Keep a report; the longest unused go."""
        kept = zlib.compress(json.dumps(report, separators=(",", ":")).encode("ascii"), 1)
        self.held_bytes += len(kept) - len(self._kept.pop(key, b""))
        self._kept[key] = kept
        while self.held_bytes > self.room_bytes:
            _, dropped = self._kept.popitem(last=False)
            self.held_bytes -= len(dropped)
