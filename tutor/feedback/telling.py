"""What a student is told of a wrong line besides the verdict: its cause, the change that mends it, three hints."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from tutor.feedback.causes import Diagnosis, diagnosed
from tutor.feedback.hints import hints_for, keeps_the_answer
from tutor.feedback.mending import in_words
from tutor.records import CheckedStep, Problem, Verdict
from tutor.syntax.tree import Chain, Statement, Symbol, symbols
from tutor.verify.notebook import solved_for

SHOWN_TOGETHER = 3  # causes of one line


def with_causes(checked: Sequence[CheckedStep], problem: Problem) -> list[CheckedStep]:
    """The steps, each wrong one with its cause, the change that mends it, and its hints."""
    return [
        told(step, known_of(checked, n, problem), problem) if step.verdict is Verdict.WRONG else step
        for n, step in enumerate(checked)
    ]


def known_of(checked: Sequence[CheckedStep], n: int, problem: Problem) -> Diagnosis | None:
    """The diagnosis of the n-th step; a rule that fails costs the line its cause, never its verdict or the run."""
    try:
        return diagnosed(checked, n, problem)
    except Exception:
        logging.getLogger(__name__).exception("no cause was found for line %d", checked[n].step.line)
        return None


def told(step: CheckedStep, diagnosis: Diagnosis | None, problem: Problem) -> CheckedStep:
    """A wrong step with what is known of it."""
    hints = hints_for(step, diagnosis, problem)
    if diagnosis is None:
        return replace(step, hints=hints)
    ids = [cause.id for cause in diagnosis.causes[:SHOWN_TOGETHER]]
    first = diagnosis.causes[0].after if diagnosis.causes else None
    # What mends `x = 3` after an equation in x is the solution.
    mended = "" if states_the_solution(diagnosis.line) else in_words(diagnosis.repair)
    return replace(
        step,
        misconception=first or (ids[0] if ids else None),
        also=tuple(ids[:1]) if first else tuple(other for other in ids[1:] if confusable(diagnosis, other)),
        two_slips=first is not None and first != ids[0],
        repair=mended if mended and keeps_the_answer(mended, problem, step, diagnosis.line) else "",
        hints=hints,
    )


def confusable(diagnosis: Diagnosis, other: str) -> bool:
    """Whether another cause is one that the catalogue shows together with the first, and explains the line as well."""
    first, *others = diagnosis.causes
    cause = next(c for c in others if c.id == other)
    return other in first.entry.confusable and cause.agreement >= first.agreement


def states_the_solution(line: Statement) -> bool:
    """x = 3, x < 3: what mends it is the answer."""
    match line:
        case Chain((Symbol(), bound), _) | Chain((bound, Symbol()), _):
            return not symbols(bound)
    return solved_for(line) is not None
