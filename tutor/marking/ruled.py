"""The mark of work on some of whose lines a teacher has ruled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, cast

from tutor.marking import mark_problem
from tutor.records import CheckedStep, Evidence, FinalAnswer, Mark, Part, Problem, Report, Verdict

Says = Callable[[str], bool | None]  # of a line's text: right, wrong, or nothing


@dataclass(frozen=True, slots=True)
class RuledRight:
    """Stands in the place of a line's evidence while marks are given; no report holds it."""

    verdict: ClassVar[Verdict] = Verdict.CORRECT


@dataclass(frozen=True, slots=True)
class RuledWrong:
    """The same for a line that was ruled wrong."""

    verdict: ClassVar[Verdict] = Verdict.WRONG


def mark_as_ruled(report: Report, problem: Problem, says: Says) -> Mark | None:
    """The mark of the same work with the teacher's word in the place of the evidence; None where there is no word.

    A final answer on a line that was ruled on is as right as that line.
    """
    found = {n: right for n, step in enumerate(report.steps) if (right := says(step.step.text)) is not None}
    if not found:
        return None
    steps = [_ruled(step, found[n]) if n in found else step for n, step in enumerate(report.steps)]
    by_line = {report.steps[n].step.line: right for n, right in found.items()}
    answers: Sequence[tuple[Part | None, FinalAnswer | None]] = [(None, _answer(report.answer, by_line))]
    if problem.parts:
        of_part = {answer.part: answer for answer in report.parts}
        answers = [(part, _answer(of_part.get(part.id), by_line)) for part in problem.parts]
    return mark_problem(steps, problem, answers)


def _ruled(step: CheckedStep, right: bool) -> CheckedStep:
    evidence = cast(Evidence, RuledRight() if right else RuledWrong())
    judged = tuple(replace(one, evidence=evidence) for one in step.judged)
    return replace(step, evidence=evidence, judged=judged)


def _answer(answer: FinalAnswer | None, right: dict[int, bool]) -> FinalAnswer | None:
    if answer is None or answer.line not in right:
        return answer
    return replace(answer, correct=right[answer.line])
