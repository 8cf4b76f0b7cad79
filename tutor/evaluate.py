"""Labelled solutions checked, and how often the first line called wrong is the labelled one.

A row is one solution: `problem`, `solution_steps` (each may hold several lines), `first_error_step` (from 0, null where
there is none), `solution_correct`, `error_type`, `reference_answer`, `reference_solution`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tutor.batch.pool import CannotStart, Pool, Trouble, usual_jobs
from tutor.errors import AuthorError, StudentError
from tutor.records import Problem, Verdict

if TYPE_CHECKING:
    from tutor.slm.jobs import Backend

TIMEOUT_S = 60.0
PRELOAD = ("tutor.pipeline", "tutor.evaluate", "tutor.problems")
NO_KIND = "not said"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One solution with its label. first_error: the first wrong step, None where there is none or it is not known."""

    id: str
    problem: str
    steps: tuple[str, ...]
    first_error: int | None
    correct: bool | None
    kind: str
    answer: str = ""
    solution: tuple[str, ...] = ()

    @property
    def step_of(self) -> list[int]:
        """The step that each line of the work belongs to."""
        return [n for n, step in enumerate(self.steps) for _ in step.split("\n")]


@dataclass(frozen=True, slots=True)
class Found:
    """What the program says of a row: the first step called wrong, the kind of evidence, if the answer is right."""

    row: Labelled
    step: int | None
    evidence: str = ""
    answer: bool | None = None
    trouble: str = ""


@dataclass(slots=True)
class Tally:
    """Solutions of one kind of error: how many, and where the first line called wrong is."""

    rows: int = 0
    hit: int = 0
    early: int = 0
    late: int = 0
    missed: int = 0

    def count(self, found: Found) -> None:
        """Add one."""
        label, step = found.row.first_error, found.step
        assert label is not None
        self.rows += 1
        self.hit += step == label
        self.early += step is not None and step < label
        self.late += step is not None and step > label
        self.missed += step is None

    @property
    def accuracy(self) -> float | None:
        """The share of rows whose labelled step is the first called wrong."""
        return self.hit / self.rows if self.rows else None


@dataclass(slots=True)
class Scores:
    """What one setting comes to.

    kept: correct solutions without a line called wrong. unplaced: wrong solutions whose first error nobody has marked;
    noticed: those of them with a line called wrong.
    """

    reference: bool
    model: str = ""  # the language model that read lines in words; empty for none
    wrong: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=dict)
    correct: int = 0
    kept: int = 0
    unplaced: int = 0
    noticed: int = 0
    troubles: int = 0
    seconds: float = 0.0
    rows: list[Found] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """Count one row."""
        self.rows.append(found)
        self.troubles += bool(found.trouble)
        if found.row.first_error is not None:
            self.wrong.count(found)
            self.kinds.setdefault(found.row.kind, Tally()).count(found)
        elif found.row.correct is False:
            self.unplaced += 1
            self.noticed += found.step is not None
        else:
            self.correct += 1
            self.kept += found.step is None

    @property
    def accuracy_on_correct(self) -> float | None:
        """The share of correct solutions without a line called wrong."""
        return self.kept / self.correct if self.correct else None

    @property
    def f1(self) -> float | None:
        """2ab/(a + b) of the two accuracies."""
        return harmonic_mean(self.wrong.accuracy, self.accuracy_on_correct)

    def as_object(self, *, rows: bool = False) -> dict[str, Any]:
        """For JSON; rows: with every row."""
        found: dict[str, Any] = {
            "reference": self.reference,
            "model": self.model or None,
            "f1": rounded(self.f1),
            "first_error": tally_object(self.wrong),
            "correct_work": {
                "rows": self.correct,
                "kept": self.kept,
                "accuracy": rounded(self.accuracy_on_correct),
            },
            "place_unknown": {"rows": self.unplaced, "noticed": self.noticed},
            "kinds": {kind: tally_object(tally) for kind, tally in sorted(self.kinds.items())},
            "troubles": self.troubles,
            "seconds": round(self.seconds, 2),
        }
        if rows:
            found["rows"] = [
                {
                    "id": f.row.id,
                    "labelled": f.row.first_error,
                    "found": f.step,
                    "evidence": f.evidence,
                    "answer_correct": f.answer,
                    **({"trouble": f.trouble} if f.trouble else {}),
                }
                for f in self.rows
            ]
        return found


def tally_object(tally: Tally) -> dict[str, Any]:
    """For JSON."""
    return {
        "rows": tally.rows,
        "hit": tally.hit,
        "early": tally.early,
        "late": tally.late,
        "missed": tally.missed,
        "accuracy": rounded(tally.accuracy),
    }


def harmonic_mean(a: float | None, b: float | None) -> float | None:
    """2ab/(a + b)

    >>> harmonic_mean(0.5, 1.0), harmonic_mean(None, 1.0), harmonic_mean(0.0, 0.0)
    (0.6666666666666666, None, 0.0)
    """
    if a is None or b is None:
        return None
    return 2 * a * b / (a + b) if a + b else 0.0


def rounded(value: float | None) -> float | None:
    """To four places."""
    return None if value is None else round(value, 4)


# ---------------------------------------------------------------- reading


def read_labelled(path: Path, limit: int | None = None) -> list[Labelled]:
    """The rows of a file; a solution that stands in one row serves all rows of its problem.

    Raises:
        AuthorError: the file is missing, or a line is no such row.
    """
    found: list[Labelled] = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip() and (limit is None or len(found) < limit):
                    found.append(labelled(line, f"{path} line {number}"))
    except OSError as error:
        raise AuthorError(f"{path} cannot be opened: {error.strerror}") from None
    except UnicodeDecodeError:
        raise AuthorError(f"{path} is not UTF-8 text") from None
    if not found:
        raise AuthorError(f"{path} holds no rows")
    solutions = {row.problem: row.solution for row in found if row.solution}
    return [row if row.solution else replace(row, solution=solutions.get(row.problem, ())) for row in found]


def labelled(line: str, where: str) -> Labelled:
    """One row.

    Raises:
        AuthorError: it is no such row.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise AuthorError(f"{where} is not JSON") from None
    if not isinstance(data, Mapping):
        raise AuthorError(f"{where} is not an object")
    steps = data.get("solution_steps")
    if not isinstance(data.get("problem"), str) or not isinstance(steps, list) or not all_text(steps):
        raise AuthorError(f"{where}: `problem` is to be text and `solution_steps` a list of texts")
    first = data.get("first_error_step")
    if first is not None and (not isinstance(first, int) or isinstance(first, bool) or not 0 <= first < len(steps)):
        raise AuthorError(f"{where}: `first_error_step` is to be null or a step's number from 0 to {len(steps) - 1}")
    solution = data.get("reference_solution") or ""
    lines = solution if isinstance(solution, list) and all_text(solution) else str(solution).split("\n")
    return Labelled(
        str(data.get("id") or where.rpartition(" ")[2]),
        data["problem"],
        tuple(steps),
        first,
        data.get("solution_correct"),
        str(data.get("error_type") or NO_KIND),
        said(data.get("reference_answer")),
        tuple(text for text in lines if text.strip()),
    )


def all_text(values: Iterable[object]) -> bool:
    """Nothing but texts."""
    return all(isinstance(value, str) for value in values)


def said(value: object) -> str:
    """An answer as text; "" where there is none."""
    return "" if value is None else str(value)


def problem_of(row: Labelled, *, reference: bool) -> Problem:
    """The problem of a row, with its answer and solution where they are to be used and can be read."""
    from tutor.problems import problem_from_object, problem_from_statement

    plain = problem_from_statement(row.problem)
    if not reference or not row.answer:
        return plain
    for extra in ({"solution": list(row.solution)}, {}):
        try:
            return problem_from_object({"statement": row.problem, "answer": row.answer, **extra})
        except AuthorError:
            continue
    return plain


# ---------------------------------------------------------------- checking

Check = Callable[[Labelled], Found]


def check_row(row: Labelled, *, reference: bool, model: Backend | None = None) -> Found:
    """The first step of a row that is called wrong. model: reads the lines in words that the grammar leaves."""
    from tutor.pipeline import assess

    try:
        checked, answers = assess("\n".join(row.steps), problem_of(row, reference=reference), model)
    except StudentError as error:
        return Found(row, None, trouble=str(error))
    wrong = next((s for s in checked if s.verdict is Verdict.WRONG), None)
    answer = answers[0][1].correct if answers and answers[0][1] is not None else None
    if wrong is None:
        return Found(row, None, answer=answer)
    return Found(row, row.step_of[wrong.step.line], type(wrong.evidence).__name__, answer)


def checker(reference: bool, model: Backend | None = None) -> Check:
    """What a process calls for each row."""
    return partial(check_row, reference=reference, model=model)


def evaluate(rows: Sequence[Labelled], *, reference: bool, jobs: int = 0, model: Backend | None = None) -> Scores:
    """The scores of one setting. jobs: processes, 0 for one a core; 1 works in this one.

    Raises:
        AuthorError: the processes cannot be started.
    """
    started = perf_counter()
    scores = Scores(reference, model.model if model is not None else "")
    jobs = jobs or usual_jobs()
    check = partial(checker, reference, model)
    for found in map(check(), rows) if jobs == 1 else in_processes(rows, check, jobs):
        scores.add(found)
    scores.seconds = perf_counter() - started
    return scores


def in_processes(rows: Iterable[Labelled], check: Callable[[], Check], jobs: int) -> Iterator[Found]:
    """Each row, in the order of the rows, by several processes."""
    try:
        with Pool(check, jobs, timeout=TIMEOUT_S, preload=PRELOAD) as pool:
            for some in pool.results(rows):
                for row, result in some:
                    yield Found(row, None, trouble=result.message) if isinstance(result, Trouble) else result
    except CannotStart as error:
        raise AuthorError(str(error)) from None
