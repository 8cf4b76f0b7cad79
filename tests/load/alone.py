"""A class against the service alone: no pages, no database."""

from __future__ import annotations

import asyncio
import os
import random
import time

from tests.load.measured import Measured
from tests.load.works import Plan, draft, handed_in
from tutor.problems import problem_from_statement
from tutor.records import Problem
from tutor.service import Busy, LineChecked, Service, Settings, Ticket, Withdrawn
from tutor.slm.choice import ModelChoice


async def student(service: Service, number: int, plan: Plan, until: float, found: Measured) -> None:
    """One student: writes, hands in, reads what is said, changes a line, hands in again; a new problem in between."""
    rng = random.Random(number)
    await asyncio.sleep(plan.arrive_s * rng.random())
    n, written = 0, []
    while not n or time.monotonic() < until:
        begun = time.monotonic()
        if n % plan.fresh == 0:
            statement, _, lines = draft(rng)
            problem, written = problem_from_statement(statement), []
        n += 1
        written = handed_in(lines, rng, written)
        await one_check(service, f"s{number}", problem, "\n".join(written), found)
        await asyncio.sleep(max(0.0, begun + plan.every_s * rng.uniform(0.8, 1.2) - time.monotonic()))


async def one_check(service: Service, user: str, problem: Problem, work: str, found: Measured) -> None:
    """Hand in and follow to the end."""
    begun = time.monotonic()
    try:
        ticket: Ticket = service.submit(user, problem, work, slot="work")
    except Busy:
        found.faults["busy"] += 1
        return
    first = True
    async for event in ticket.follow():
        if isinstance(event, LineChecked) and first:
            found.add("first line", time.monotonic() - begun)
            first = False
        if isinstance(event, Withdrawn):
            found.faults["withdrawn"] += 1
            return
    report = await ticket.reported()
    found.add("check", time.monotonic() - begun)
    found.ended[report["status"]] += 1
    if report["status"] not in ("graded", "unreadable"):
        found.faults[report["status"]] += 1


def measure(plan: Plan) -> tuple[Measured, dict[str, object]]:
    """The whole class; what came of it, and what the service counted."""
    found = Measured()

    async def the_class(service: Service) -> None:
        until = time.monotonic() + plan.minutes * 60
        async with found.looking_on(os.getpid()):
            await asyncio.gather(*(student(service, n, plan, until, found) for n in range(plan.students)))

    with Service(Settings(processes=plan.processes, model=ModelChoice(off=not plan.model))) as service:
        while service.health["ready"] < plan.processes:
            time.sleep(0.05)
        asyncio.run(the_class(service))
        counts = service.counters
        questions = max(1, counts.count("tutor_questions_total"))
        return found, {
            "reports_from_memory": counts.count("tutor_checks_from_memory_total"),
            "questions_recalled": round(counts.count("tutor_questions_recalled_total") / questions, 3),
            "processes_replaced": counts.count("tutor_processes_ended_total"),
        }
