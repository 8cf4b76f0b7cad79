"""Checked steps to a mark: by an explicit mark scheme where the problem has one, else by errors."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tutor.marking.by_errors import mark
from tutor.records import CheckedStep, FinalAnswer, Mark, Part, Problem

__all__ = ["mark", "mark_problem"]


def mark_problem(
    checked: Sequence[CheckedStep], problem: Problem, answers: Sequence[tuple[Part | None, FinalAnswer | None]]
) -> Mark:
    """The mark of a problem: that of its parts together, or its own where it has none."""
    marks: list[Mark] = []
    for part, answer in answers:
        steps = checked if part is None else [s for s in checked if s.step.part in (part.id, None)]
        if part is not None and len(answers) > 1 and any(s.step.part is not None for s in checked):
            steps = [s for s in checked if s.step.part == part.id]
        schemes = problem.schemes if part is None else part.schemes
        if schemes:
            from tutor.marking.by_scheme import mark_by_schemes

            marks.append(mark_by_schemes(steps, schemes, problem, part, answer, checked))
            continue
        marks.append(
            mark(
                steps,
                available=problem.marks if part is None else part.marks,
                answer=answer,
                show_work=problem.show_work,
                strict_remarks=problem.strict_remarks,
            )
        )
    return Mark(
        sum((m.earned for m in marks), Fraction(0)),
        sum((m.pending for m in marks), Fraction(0)),
        sum((m.available for m in marks), Fraction(0)),
        tuple(loss for m in marks for loss in m.lost),
        tuple(point for m in marks for point in m.points),
    )
