"""Which file of this folder decides what: the first domain that accepts a task and finds something wins."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from tutor.errors import OutOfBudget, TooLarge, Undefined, Unsupported
from tutor.records import Undecided
from tutor.verify.tasks import Budget, Domain, Finding, Task

# In order, cheapest and surest first. Each is imported when a task first reaches it, so that a line of plain
# arithmetic does not load the rest.
DOMAINS = (
    "arithmetic",
    "calculus",
    "probability",
    "series",
    "sets",
    "matrices",
    "vectors",
    "complex_numbers",
    "identities",
    "limits",
    "equations",
    "inequalities",
    "systems",
    "symbolic",
)


@cache
def domain(name: str) -> Domain:
    """The module of a domain, imported now if it was not yet."""
    return import_module(f"tutor.verify.{name}")  # type: ignore[return-value]


def decide(task: Task, budget: Budget | None = None) -> Finding:
    """The first finding of the domains in order; Undecided with the names of those tried if there is none."""
    budget = budget or Budget()
    tried: list[str] = []
    why = ""
    for name in DOMAINS:
        each = domain(name)
        if not each.accepts(task):
            continue
        tried.append(each.NAME)
        try:
            finding = each.judge(task, budget)
        except TooLarge as error:
            why = why or str(error)
            continue
        except (OutOfBudget, Unsupported, Undefined, RecursionError):
            continue
        if finding is not None:
            return finding
    return Finding(Undecided(tuple(tried), why=why))
