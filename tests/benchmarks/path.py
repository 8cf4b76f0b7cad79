"""Where work leaves the problem's own path: labelled word problems with reference solutions.

Each file is split by the hash of the rows' ids: one half was looked at while the rules were made, one only measured.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from tests.benchmarks.devdata import devdata_folder
from tests.benchmarks.tables import Figure
from tutor.evaluate import Labelled, Scores, evaluate, problem_of, read_labelled
from tutor.path import first_departure, route_of
from tutor.reading import split_steps

FILES = ("stepverify", "processbench_gsm8k")
BASELINE = {"stepverify": 63.1, "processbench_gsm8k": 59.5}  # matching of values, given with the data


def held_out(row: Labelled) -> bool:
    """Whether a row belongs to the half that was only measured."""
    return int(hashlib.sha256(row.id.encode()).hexdigest(), 16) % 2 == 1


def rows(name: str) -> list[Labelled]:
    """The rows of a file; none where it is missing."""
    folder = devdata_folder()
    path = folder / f"{name}.jsonl" if folder is not None else None
    return read_labelled(path) if path is not None and path.exists() else []


def departing() -> Iterator[Figure]:
    """F1 with the reference, each half by itself; right work free of `departs`; nothing lost without the reference."""
    for name in FILES:
        data = rows(name)
        if not data:
            continue
        scores = evaluate(data, reference=True)
        for half, part in halves(scores).items():
            yield from of_half(name, half, part)
        free, whole, flagged = free_of_departs(data)
        yield Figure.share(name, "right work, no answer line: free of departs", free, whole, ">= 97 %", flagged)
        plain = evaluate(data, reference=False)
        yield Figure.share(name, "right work kept, without reference", plain.kept, plain.correct, ">= 99 %")


def halves(scores: Scores) -> dict[str, Scores]:
    """All rows, the half looked at and the half held out."""
    found = {"all": Scores(True), "looked at": Scores(True), "held out": Scores(True)}
    for row in scores.rows:
        found["all"].add(row)
        found["held out" if held_out(row.row) else "looked at"].add(row)
    return found


def of_half(name: str, half: str, scores: Scores) -> Iterator[Figure]:
    """First wrong step, right work, and their harmonic mean."""
    misses = [
        f"{f.row.id}: labelled {f.row.first_error}, found {f.step} {f.evidence}"
        for f in scores.rows
        if f.step != f.row.first_error
    ]
    wrong = scores.wrong
    yield Figure.share(name, f"first wrong step as labelled, {half}", wrong.hit, wrong.rows, None, misses)
    yield Figure.share(name, f"right work kept, {half}", scores.kept, scores.correct, ">= 99 %")
    f1 = f"{100 * scores.f1:.1f}" if scores.f1 is not None else "no rows"
    yield Figure(name, f"F1, {half} (matching of values: {BASELINE[name]})", f1, ">= 75")


def free_of_departs(data: list[Labelled]) -> tuple[int, int, list[str]]:
    """Right work without its answer line, held against the path as if nobody knew that its answer is right."""
    flagged: list[str] = []
    right = [row for row in data if row.first_error is None and row.correct is not False and row.solution]
    for row in right:
        problem = problem_of(row, reference=True)
        steps = row.steps[:-1] if len(row.steps) > 1 and is_answer_line(row.steps[-1]) else row.steps
        route = route_of(problem, row.solution, problem.answer)
        found = first_departure(split_steps("\n".join(steps), problem), route, to_the_end=False)
        if found is not None:
            flagged.append(f"{row.id} line {found.line}: {found.kind} {found.made_by.text if found.made_by else ''}")
    return len(right) - len(flagged), len(right), flagged


def is_answer_line(step: str) -> bool:
    """A boxed value, or a number alone."""
    return "\\boxed" in step or not any(c.isalpha() for c in step)
