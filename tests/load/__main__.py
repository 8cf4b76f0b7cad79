"""A class at work, against the service alone: `python -m tests.load --students 100 --every 20 --minutes 5`.

Each student writes a solution of six lines, now and then with a slip, and hands it in every so many seconds with a line
changed: as it stands in a class, most of what is handed in has been checked before, but for that line. The students
begin spread over the time between two checks; each waits for the report, as a page does. Written out: how long a check
took from handing in to the report, what the processor and the memory of all processes came to.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tutor.problems import problem_from_statement
from tutor.records import Problem
from tutor.service import Busy, LineChecked, Service, Settings, Ticket, Withdrawn
from tutor.slm.choice import ModelChoice

SIX = 6


def drafts(rng: random.Random) -> tuple[Problem, list[str]]:
    """A problem with a student's own numbers, and the six lines that solve it."""
    a, b, x, t = rng.randint(2, 9), rng.randint(2, 12), rng.randint(2, 12), rng.randint(2, 9)
    kinds = (
        (
            f"Solve {a}(x + {b}) = {a * (x + b)}",
            [f"{a}(x + {b}) = {a * (x + b)}", f"{a}x + {a * b} = {a * (x + b)}", f"{a}x = {a * (x + b)} - {a * b}",
             f"{a}x = {a * x}", f"x = {x}", f"check: {a}({x} + {b}) = {a * (x + b)}"],
        ),
        (
            f"Solve x^2 - {x + b}x + {x * b} = 0",
            [f"x^2 - {x + b}x + {x * b} = 0", f"(x - {x})(x - {b}) = 0", f"x - {x} = 0 or x - {b} = 0",
             f"x = {x} or x = {b}", f"check: {x}^2 - {x + b}*{x} + {x * b} = 0", f"{b}^2 - {x + b}*{b} + {x * b} = 0"],
        ),
        (
            f"A car accelerates from rest at {a} m/s^2 for {t} s. How far does it go, and how fast is it then?",
            ["u = 0 m/s", "v = u + at", f"v = {a}*{t} = {a * t} m/s", "s = 1/2 a t^2", f"s = 1/2*{a}*{t}^2",
             f"s = {a * t * t / 2} m"],
        ),
        (
            f"Differentiate x^{b} + {a}x^2 and find the slope at x = 1",
            [f"f(x) = x^{b} + {a}x^2", f"f'(x) = {b}x^{b - 1} + {2 * a}x", f"f'(1) = {b}*1 + {2 * a}*1",
             f"= {b} + {2 * a}", f"= {b + 2 * a}", f"the slope is {b + 2 * a}"],
        ),
        (
            f"Find the integral of {a}x*sin(x)",
            [f"int {a}x sin x dx", f"u = {a}x, dv = sin x dx", f"du = {a} dx, v = -cos x",
             f"= -{a}x cos x + int {a} cos x dx", f"= -{a}x cos x + {a} sin x + C",
             f"check: d/dx(-{a}x cos x + {a} sin x) = {a}x sin x"],
        ),
        (
            f"A shop sells {a} pens at {b} dollars each and {t} books at {x} dollars each. What do they cost together?",
            [f"{a} pens times {b} dollars each makes {a * b} dollars", f"{a} * {b} = {a * b}",
             f"the books are {t} times {x} which is {t * x}", f"{t} * {x} = {t * x}",
             f"{a * b} + {t * x} = {a * b + t * x}", f"together they cost {a * b + t * x} dollars"],
        ),
    )  # fmt: skip
    statement, lines = rng.choice(kinds)
    return problem_from_statement(statement), lines


def slipped(line: str, rng: random.Random) -> str:
    """The line with its last digit another one."""
    places = [n for n, letter in enumerate(line) if letter.isdigit()]
    if not places:
        return line
    digit = str((int(line[places[-1]]) + rng.randint(1, 8)) % 10)
    return line[: places[-1]] + digit + line[places[-1] + 1 :]


@dataclass
class Measured:
    """What came of a run."""

    took: list[float] = field(default_factory=list)
    first_line: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    memory: list[tuple[float, int]] = field(default_factory=list)

    def add(self, status: str) -> None:
        """One more check that ended so."""
        self.statuses[status] = self.statuses.get(status, 0) + 1


async def student(service: Service, number: int, every_s: float, until: float, found: Measured, fresh: int) -> None:
    """One student: writes, hands in, reads what is said, changes a line, hands in again; a new problem in between."""
    rng = random.Random(number)
    problem, lines = drafts(rng)
    await asyncio.sleep(every_s * rng.random())
    n = 0
    while time.monotonic() < until:
        begun = time.monotonic()
        if n and n % fresh == 0:
            problem, lines = drafts(rng)
        n += 1
        written = list(lines)
        if rng.random() < 0.7:
            at = rng.randrange(SIX)
            written[at] = slipped(written[at], rng)
        await one_check(service, f"s{number}", problem, "\n".join(written), found)
        await asyncio.sleep(max(0.0, begun + every_s - time.monotonic()))


async def one_check(service: Service, user: str, problem: Problem, work: str, found: Measured) -> None:
    """Hand in and follow to the end."""
    begun = time.monotonic()
    try:
        ticket: Ticket = service.submit(user, problem, work, slot="work")
    except Busy:
        found.add("busy")
        return
    first = True
    async for event in ticket.follow():
        if isinstance(event, LineChecked) and first:
            found.first_line.append(time.monotonic() - begun)
            first = False
        if isinstance(event, Withdrawn):
            found.add("withdrawn")
            return
    report = await ticket.reported()
    found.took.append(time.monotonic() - begun)
    found.add(report["status"])


async def look(service: Service, until: float, found: Measured) -> None:
    """The memory of all processes, every ten seconds."""
    begun = time.monotonic()
    while time.monotonic() < until:
        found.memory.append((time.monotonic() - begun, memory(service)))
        await asyncio.sleep(10)


def memory(service: Service) -> int:
    """Bytes that this process, the checking ones and those that they ask hold together; shared pages count for each."""
    return sum(_resident(pid) for pid in family(os.getpid(), service))


def family(own: int, service: Service) -> set[int]:
    """The process that measures, and all that come from it."""
    groups = set(service.pids())
    found = {own}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                fields = (path / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) in groups:
                found.add(int(path.name))
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    except (OSError, IndexError, ValueError):
        return 0


def cpu(service: Service) -> float:
    """Seconds of processor time that all of them have had."""
    total = 0.0
    for pid in family(os.getpid(), service):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


async def run(service: Service, students: int, every_s: float, minutes: float, fresh: int) -> Measured:
    """The whole class."""
    found = Measured()
    until = time.monotonic() + minutes * 60
    each = (student(service, n, every_s, until, found, fresh) for n in range(students))
    await asyncio.gather(look(service, until, found), *each)
    return found


def main() -> int:
    """Measure, and say what came of it; 1 where a check failed or it was slower than it may be."""
    words = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    words.add_argument("--students", type=int, default=100)
    words.add_argument("--every", type=float, default=20.0, help="seconds between two checks of a student")
    words.add_argument("--minutes", type=float, default=5.0)
    words.add_argument("--processes", type=int, default=2)
    words.add_argument("--fresh", type=int, default=5, help="checks until a student begins another problem")
    words.add_argument("--no-model", action="store_true", help="lines in words are left unread")
    asked = words.parse_args()
    settings = Settings(processes=asked.processes, model=ModelChoice(off=asked.no_model))
    load_before = os.getloadavg()[0]
    with Service(settings) as service:
        while service.health["ready"] < asked.processes:
            time.sleep(0.05)
        begun = time.monotonic()
        found = asyncio.run(run(service, asked.students, asked.every, asked.minutes, asked.fresh))
        seconds = time.monotonic() - begun
        said = summary(found, service, seconds)
    said["load_before"] = load_before
    sys.stdout.write(json.dumps(said, indent=2) + "\n")
    failed = sum(number for status, number in found.statuses.items() if status not in ("graded", "unreadable"))
    return 1 if failed or said["median_s"] > 0.5 or said["p95_s"] > 2 else 0


def summary(found: Measured, service: Service, seconds: float) -> dict[str, float | dict[str, int]]:
    """The figures of a run."""
    took = sorted(found.took)
    third = len(found.memory) // 3
    questions = service.counters.count("tutor_questions_total")
    return {
        "seconds": round(seconds, 1),
        "checks": len(took),
        "statuses": found.statuses,
        "median_s": round(statistics.median(took), 4),
        "p95_s": round(took[int(0.95 * (len(took) - 1))], 4),
        "p99_s": round(took[int(0.99 * (len(took) - 1))], 4),
        "longest_s": round(took[-1], 4),
        "median_first_line_s": round(statistics.median(found.first_line), 4) if found.first_line else 0.0,
        "from_memory": service.counters.count("tutor_checks_from_memory_total"),
        "questions_recalled": round(service.counters.count("tutor_questions_recalled_total") / max(1, questions), 3),
        "cpu_share_of_a_core": round(cpu(service) / seconds, 3),
        "memory_mb_at_a_third": round(found.memory[third][1] / 1e6),
        "memory_mb_at_the_end": round(found.memory[-1][1] / 1e6),
        "processes_replaced": service.counters.count("tutor_processes_ended_total"),
    }


if __name__ == "__main__":
    sys.exit(main())
