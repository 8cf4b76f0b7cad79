"""What is said of one submission whatever happens: its report, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from tutor.errors import TutorError
from tutor.records import Mark, Problem, Report, Submission

Grade = Callable[[Submission, Problem], Report]


def marks_of(problem: Problem | None) -> Fraction:
    """The marks that the problem has to give."""
    if problem is None:
        return Fraction(0)
    return sum((p.marks for p in problem.parts), Fraction(0)) if problem.parts else problem.marks


def unmarked(s: Submission, problem: Problem | None, status: str, message: str) -> Report:
    """The report of a row that could not be marked: its marks are pending, for a person."""
    available = marks_of(problem)
    return Report(
        s.id,
        (),
        None,
        None,
        Mark(Fraction(0), available, available),
        status,
        student=s.student,
        problem=s.problem or None,
        message=message,
    )


def graded(submission: Submission, problem: Problem, grade: Grade) -> Report:
    """The report, whatever happens: one bad row never stops a run, and what went wrong is its message."""
    try:
        report = grade(submission, problem)
    except TutorError as error:
        return unmarked(submission, problem, "unreadable", str(error))
    except Exception as error:  # noqa: BLE001 - a defect of ours costs the row it meets, and is named in its report
        message = f"The program failed here ({type(error).__name__}: {str(error)[:500]})."
        return unmarked(submission, problem, "error", message)
    if not submission.work.strip() and not report.message:
        return replace(report, message="Nothing was written.")
    return report
