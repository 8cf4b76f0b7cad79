"""A class on the site: `tutor serve` in a process of its own, and a tab for each student."""

from __future__ import annotations

import asyncio
import json
import random
import re
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from tests.load.measured import Measured
from tests.load.tab import Fault, Tab, cookies, opened
from tests.load.works import Plan, draft, handed_in
from tests.web.browser.served import Served, served
from tutor.store import Terms, door, upload_of
from tutor.store.passwords import hash_code

PROBLEMS = 30  # of the set that the class works on
PLAIN, WORK = "Plain text", "Your work, one line a step"
FETCHED = re.compile(r'(?:src|href)="\./(static/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Task:
    """A problem of the set by its address, and the lines that solve it."""

    query: str
    lines: list[str]


def open_class(site: Served, students: int) -> tuple[list[str], list[Task]]:
    """A class with a set of problems; the session of each of its students, and the problems."""
    drafts = [draft(random.Random(n)) for n in range(PROBLEMS)]
    problems = [
        {"id": f"p{n}", "title": f"Problem {n}", "statement": said, "answer": answer}
        for n, (said, answer, _) in enumerate(drafts)
    ]
    upload = upload_of("load.yaml", json.dumps({"title": "Six kinds", "problems": problems}).encode())  # JSON is YAML
    store = site.store
    teacher = store.teachers.add("load@example.org", "correct horse battery", "Dr Noether")
    book = store.of_teacher(teacher.id)
    room = book.open_class("Load")
    version = (sets := book.in_class(room.id).sets).publish(sets.add(upload, Terms(tries=None)).id)
    hashed = hash_code("CDFGHJKMNPQR")  # once for all: a third of a second each, by design
    usual, door.hash_code = door.hash_code, lambda personal: hashed
    try:
        joined = [store.door.join(room.code, f"Student {n}", f"10.0.{n // 250}.{n % 250}") for n in range(students)]
    finally:
        door.hash_code = usual
    tasks = [Task(f"set={version.set_id}&problem=p{n}", lines) for n, (_, _, lines) in enumerate(drafts)]
    return [store.sessions.begin(one.student) for one in joined], tasks


async def student(
    url: str, number: int, token: str, tasks: Sequence[Task], plan: Plan, until: float, found: Measured
) -> None:
    """One student's lesson; what goes wrong ends it, and is counted."""
    rng = random.Random(number)
    await asyncio.sleep(plan.arrive_s * rng.random())
    try:
        begun = time.monotonic()
        await asyncio.to_thread(fetch, url, token)
        found.add("page fetched", time.monotonic() - begun)
        async with opened(url, token) as tab:
            await lesson(tab, rng, tasks, plan, until, found)
    except Fault as fault:
        found.faults[str(fault)] += 1
    except (OSError, HTTPException, ConnectionClosed) as fault:
        found.faults[type(fault).__name__] += 1


def fetch(url: str, token: str) -> None:
    """The page, and what its head names, as a browser does that was never here."""
    with closing(HTTPConnection(url.removeprefix("http://"), timeout=30)) as site:

        def got(path: str) -> str:
            site.request("GET", path, headers=cookies(token))
            answer = site.getresponse()
            if answer.status != 200:
                raise Fault(f"{path} answered {answer.status}")
            return answer.read().decode("utf-8", "replace")

        for name in FETCHED.findall(got("/problem")):
            got(f"/{name}")


async def lesson(
    tab: Tab, rng: random.Random, tasks: Sequence[Task], plan: Plan, until: float, found: Measured
) -> None:
    """Open a problem by its address, write and check; after so many checks back to the list and to another problem."""
    n, written = 0, []
    while not n or time.monotonic() < until:
        begun = time.monotonic()
        if n % plan.fresh == 0:
            if n:
                await timed(found, "list of problems", tab.open("", ""))
            task, written = rng.choice(tasks), []
            await timed(found, "problem opened", tab.open("problem", task.query))
            if not n:
                await tab.choose("How to write", PLAIN)
        n += 1
        written = handed_in(task.lines, rng, written)
        await tab.write(WORK, "\n".join(written))
        await asyncio.sleep(0.1)  # between leaving the box with the mouse and letting its button go
        await one_check(tab, written, found)
        await asyncio.sleep(max(0.0, begun + plan.every_s * rng.uniform(0.8, 1.2) - time.monotonic()))


async def one_check(tab: Tab, written: list[str], found: Measured) -> None:
    """Press Check; what is then on the page has to be the verdicts on that work."""
    begun = time.monotonic()
    await tab.press("Check")
    found.add("page run with check", time.monotonic() - begun)
    shown = "".join(tab.lines()).replace(" ", "")
    if not shown or not all(line.replace(" ", "") in shown for line in written):
        raise Fault(f"the verdicts are not shown, but {tab.headings()[1:]}")
    found.add("check", tab.last_line_at() - begun)
    found.ended[tab.headings()[1]] += 1


async def timed(found: Measured, what: str, doing: Awaitable[None]) -> None:
    """Wait for it, and note how long it took."""
    begun = time.monotonic()
    await doing
    found.add(what, time.monotonic() - begun)


async def the_class(site: Served, plan: Plan, found: Measured) -> None:
    """All students, while the site's processes are looked at."""
    tokens, tasks = open_class(site, plan.students)
    until = time.monotonic() + plan.minutes * 60
    async with found.looking_on(site.pid):
        await asyncio.gather(
            *(student(site.url, n, token, tasks, plan, until, found) for n, token in enumerate(tokens))
        )


def measure(plan: Plan) -> tuple[Measured, dict[str, object]]:
    """The whole class; what came of it, and what is in the database afterwards."""
    found = Measured()
    options = ["--processes", str(plan.processes), *([] if plan.model else ["--no-model"])]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), options) as site:
        asyncio.run(the_class(site, plan, found))
        metrics = urllib.request.urlopen(f"{site.url}/metrics", timeout=30).read().decode()
        counted = dict(line.rsplit(" ", 1) for line in metrics.splitlines() if line and line[0] != "#")
        waiting = len(site.store.checking.waiting(1_000))
        if waiting:
            found.faults["without a report in the database"] += waiting
        return found, {
            "reports_from_memory": float(counted.get("tutor_checks_from_memory_total", 0)),
            "processes_replaced": sum(
                float(n) for name, n in counted.items() if name.startswith("tutor_processes_ended_total")
            ),
            "page_runs": sum(float(n) for name, n in counted.items() if name.startswith("tutor_page_runs_total")),
        }
