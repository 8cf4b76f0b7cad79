"""What is said of one submission whatever happens: its report, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


def described(problems: Mapping[str, Problem]) -> dict[str, dict[str, str]]:
    """What a report says of each problem of a set."""
    return {
        name: {"title": p.title, "statement": p.statement, "answer": _answer(p), "marks": str(marks_of(p))}
        for name, p in problems.items()
    }


def _answer(problem: Problem) -> str:
    """The reference answer, or those of the parts, as the author wrote them."""
    parts = [f"({p.id}) {p.answer.text}" for p in problem.parts if p.answer is not None]
    return "; ".join(parts) if parts else problem.answer.text if problem.answer is not None else ""


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
