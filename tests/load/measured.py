"""Times, memory and processor time of a run, and what is said of them at its end."""

from __future__ import annotations

import asyncio
import math
import os
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

PAGE = os.sysconf("SC_PAGESIZE")
TICKS = os.sysconf("SC_CLK_TCK")
LOOK_S = 5.0
MEDIAN_S, P95_S = 0.5, 2.0  # that a check may take


@dataclass
class Look:
    """At processes, at a moment: bytes of memory and seconds of processor of the first, and of the others together."""

    at_s: float
    rss: int
    rss_of_others: int
    cpu_s: float
    cpu_s_of_others: float
    cpu_s_of_all: float
    machine_load: float


@dataclass
class Measured:
    """What came of a run. took: seconds by what was done; ended: how the checks ended; faults: what went wrong."""

    took: dict[str, list[float]] = field(default_factory=dict)
    ended: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    looks: list[Look] = field(default_factory=list)

    def add(self, what: str, seconds: float) -> None:
        """One more time."""
        self.took.setdefault(what, []).append(seconds)

    @asynccontextmanager
    async def looking_on(self, first: int) -> AsyncIterator[None]:
        """Look at a process and all that come from it, every few seconds."""
        begun = time.monotonic()

        async def look_again() -> None:
            while True:
                self.looks.append(look(first, time.monotonic() - begun))
                await asyncio.sleep(LOOK_S)

        looking = asyncio.create_task(look_again())
        try:
            yield
        finally:
            looking.cancel()
            self.looks.append(look(first, time.monotonic() - begun))

    @property
    def passed(self) -> bool:
        """Whether nothing failed, and checks were as fast as they have to be."""
        checks = sorted(self.took.get("check", ()))
        return bool(checks) and not self.faults and share(checks, 0.5) <= MEDIAN_S and share(checks, 0.95) <= P95_S

    def summary(self) -> dict[str, object]:
        """The figures."""
        return {
            "ended": dict(self.ended),
            "faults": dict(self.faults),
            "seconds": {what: figures(sorted(took)) for what, took in self.took.items()},
            **self._of_processes(),
        }

    def _of_processes(self) -> dict[str, object]:
        if len(self.looks) < 2:
            return {}
        first, last = self.looks[0], self.looks[-1]
        seconds = last.at_s - first.at_s
        marks = [min(self.looks, key=lambda one: abs(one.at_s - at)) for at in range(0, int(last.at_s) + 5, 60)]
        marks = [*(one for one in marks if last.at_s - one.at_s > 20), last]
        return {
            "memory_mb": [
                {"at_s": round(one.at_s), "first": round(one.rss / 1e6), "others": round(one.rss_of_others / 1e6)}
                for one in marks
            ],
            "processors_used": {
                "first": round((last.cpu_s - first.cpu_s) / seconds, 2),
                "others": round((last.cpu_s_of_others - first.cpu_s_of_others) / seconds, 2),
                "whole machine": round((last.cpu_s_of_all - first.cpu_s_of_all) / seconds, 2),
            },
            "load_of_the_machine": [round(one.machine_load, 1) for one in marks],
        }


def figures(took: list[float]) -> dict[str, float]:
    """Of times in order."""
    named = {"median": share(took, 0.5), "p95": share(took, 0.95), "p99": share(took, 0.99), "longest": took[-1]}
    return {"number": len(took), **{name: round(seconds, 3) for name, seconds in named.items()}}


def share(took: list[float], of: float) -> float:
    """The time within which such a share of them lies."""
    return statistics.median(took) if of == 0.5 else took[math.ceil(of * len(took)) - 1]


def look(first: int, at_s: float) -> Look:
    """At a process and all that come from it."""
    others = family(first) - {first}
    return Look(at_s, resident([first]), resident(others), cpu([first]), cpu(others), machine_s(), os.getloadavg()[0])


def family(first: int) -> set[int]:
    """A process, its children and theirs."""
    parents = {int(path.name): parent for path in Path("/proc").glob("[0-9]*") if (parent := _stat(int(path.name), 1))}
    found, grown = {first}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found


def resident(pids: Iterable[int]) -> int:
    """Bytes of memory that they hold; what they share counts for each."""
    total = 0
    for pid in pids:
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
        except (OSError, IndexError):
            continue
    return total


def cpu(pids: Iterable[int]) -> float:
    """Seconds of processor time that they have had."""
    return sum(_stat(pid, 11) + _stat(pid, 12) for pid in pids) / TICKS


def machine_s() -> float:
    """Seconds that its processors have been busy, whoever they worked for."""
    ticks = [int(number) for number in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (sum(ticks[:8]) - ticks[3] - ticks[4]) / TICKS


def _stat(pid: int, place: int) -> int:
    """A number of /proc/PID/stat, counted from the state on; 0 of a process that is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[place])
    except (OSError, IndexError):
        return 0
