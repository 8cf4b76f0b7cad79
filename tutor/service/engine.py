"""What checks in a process of the service: the same function as `tutor check`, with what it keeps between checks."""

from __future__ import annotations

import functools
from collections import OrderedDict
from typing import Protocol

from tutor.batch.outcome import graded
from tutor.pipeline import Watch, grade_submission
from tutor.problems import problem_from_statement
from tutor.records import Problem, Report, Submission
from tutor.service.messages import Asked, unpacked
from tutor.slm.choice import ModelChoice
from tutor.slm.standby import Standby
from tutor.verify.memory import SHARED

FINDINGS = 4_000  # remembered by a process, about 3 kB each
PROBLEMS = 200

# Checked once before the first student comes, so that nobody waits for what it loads.
FIRST = (
    ("Solve 2(x + 3) = 8", "2x + 3 = 8\nx = 5/2"),
    ("Solve x^2 - 5x + 6 = 0", "(x - 2)(x - 3) = 0\nx = 2 or x = 3"),
    ("A car accelerates from rest at 2 m/s^2 for 5 s. How far does it go?", "s = 1/2 a t^2\ns = 1/2 * 2 * 5^2 = 20 m"),
)


class Checker(Protocol):
    """What a checking process runs; another one may be named in `Settings.checker`."""

    def check(self, asked: Asked, watch: Watch) -> Report:
        """The report; `watch` is told of each line as it is judged, and may raise to end the work."""
        ...

    def counts(self) -> dict[str, int]:
        """What it has counted since it was made."""
        ...


class Engine:
    """Checks one piece of work after another; the model is opened when the first line in words comes."""

    def __init__(self, choice: ModelChoice) -> None:
        self.model = None if choice.off else Standby(choice)
        self._problems: OrderedDict[str, Problem] = OrderedDict()
        SHARED.keep(FINDINGS)
        for statement, work in FIRST:
            graded(Submission("", "", "", work), problem_from_statement(statement), grade_submission)

    def check(self, asked: Asked, watch: Watch) -> Report:
        """The report that `tutor check` gives."""
        problem = self._problem(asked)
        grade = functools.partial(grade_submission, model=self.model, opinions=asked.opinions, watch=watch)
        return graded(Submission("", "", problem.id, asked.work), problem, grade)

    def counts(self) -> dict[str, int]:
        """Questions about lines, and those whose answer was known from an earlier check."""
        return {"questions": SHARED.asked, "recalled": SHARED.recalled}

    def _problem(self, asked: Asked) -> Problem:
        """The same object for the same problem, so that what is kept by problem is found."""
        problem = self._problems.get(asked.key)
        if problem is None:
            problem = self._problems[asked.key] = unpacked(asked.problem)
            if len(self._problems) > PROBLEMS:
                self._problems.popitem(last=False)
        self._problems.move_to_end(asked.key)
        return problem
