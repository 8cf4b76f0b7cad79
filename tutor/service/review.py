"""A problem set looked through before students see it: what cannot be read, units that are none, worked solutions.

`review` does it here; a site has a `Reviewer` do it in a child process, `python -m tutor.service.review`, so that a
file that unpacks without end, or a solution that takes for ever, costs that child alone.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePath
from typing import IO, Any

from tutor.errors import AuthorError, StudentError
from tutor.problems.sets import MAX_FILE, Fault, InvalidSet, Place, gather_faults, read_draft
from tutor.records import Part, Problem, Verdict
from tutor.syntax.read import ReadHints, read
from tutor.syntax.tree import Node


class Severity(StrEnum):
    """An error keeps a set from being published; a warning is to be looked at; a note is said for completeness."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said of a piece of a set.

    place: its path in the content, such as ("problems", 2, "solution", 0); () for the file. line: of the file.
    """

    severity: Severity
    problem_id: str
    place: Place
    line: int | None
    message: str

    @property
    def number(self) -> int | None:
        """Of the problem in the set, from 0; None where it is about the set as a whole."""
        return int(self.place[1]) if len(self.place) > 1 and self.place[0] == "problems" else None

    @property
    def field(self) -> str:
        """The field in words: `answer`, `part b, solution line 2`; empty for a problem as a whole."""
        return field_in_words(self.place[2:] if self.number is not None else self.place)


def field_in_words(place: Place) -> str:
    """The path within a problem as a teacher would say it.

    >>> field_in_words(("parts", 1, "solution", 0)), field_in_words(("answer", 0)), field_in_words(("givens", "u"))
    ('part 2, solution line 1', 'answer', 'given u')
    """
    match place:
        case ("parts", int(k), *rest):
            return ", ".join(filter(None, (f"part {k + 1}", field_in_words(tuple(rest)))))
        case (("solution" | "scheme") as name, int(k), *_):
            return f"{name} line {k + 1}"
        case ("givens", name, *_):
            return f"given {name}"
        case (str(name), *_):
            return name.replace("_", " ")
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class Review:
    """What a look through a set has found so far.

    yaml: the set in our own format; empty where nothing of the file could be read. problems: how many there are to
    look through; looked_at: how many have been. verified: worked solutions of which every line holds and whose end is
    the answer. word: what a line of such a file is called.
    """

    name: str = ""
    title: str = ""
    yaml: str = ""
    problem_ids: Sequence[str] = ()
    word: str = "line"
    problems: int = 0
    looked_at: int = 0
    solutions: int = 0
    verified: int = 0
    findings: tuple[Finding, ...] = ()
    done: bool = False

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of that severity."""
        return [finding for finding in self.findings if finding.severity is severity]

    @property
    def publishable(self) -> bool:
        """Whether students may see it: it has been looked through, and there is no error."""
        return self.done and bool(self.problems) and not self.of(Severity.ERROR)


def file_of(name: str) -> Path:
    """A file's bare name; a browser may send a whole path."""
    return Path(PurePath(name.replace("\\", "/")).name or "set")


def review(file_name: str, data: bytes) -> Iterator[Review]:
    """Look through a file, problem by problem; each time what is known by then."""
    from tutor.problems.formats import format_of

    file = file_of(file_name)
    try:
        if len(data) > MAX_FILE:
            raise AuthorError(f"has {len(data):,} bytes; a problem set has at most {MAX_FILE:,}")
        draft = read_draft(file, data)
        yaml = format_of(Path("set.yaml")).write(draft.content).decode("utf-8")
    except AuthorError as error:
        messages = error.messages if isinstance(error, InvalidSet) else (str(error),)
        unread = tuple(_of_file(message.removeprefix(f"{file} ")) for message in messages)
        yield Review(file.stem, file.stem, findings=unread, done=True)
        return
    title, problems, faults = gather_faults(file, draft)
    entries = draft.content.get("problems")
    entries = entries if isinstance(entries, list) else []
    found = [_of_fault(Severity.ERROR, fault) for fault in faults]
    # What was left out is to be looked at; what was changed on the way in is said.
    found += [_of_fault(Severity.NOTE if remark.place else Severity.WARNING, remark) for remark in draft.remarks]
    solutions = sum(1 for problem in problems.values() if worked_lines(problem))
    ids = _ids(entries)
    name = file.stem
    head = Review(name, title or name, yaml if entries else "", ids, draft.word, len(entries), 0, solutions)
    yield replace(head, findings=tuple(found))
    verified = 0
    for looked_at, (number, problem) in enumerate(problems.items(), start=1):
        said = tuple(
            Finding(severity, problem.id, at, draft.line(at), message)
            for severity, place, message in (*unit_faults(problem), *solution_faults(problem))
            if severity is not Severity.NOTE
            for at in (("problems", number, *place),)
        )
        found += said
        verified += bool(worked_lines(problem)) and not any("solution" in finding.place for finding in said)
        yield replace(head, looked_at=looked_at, verified=verified, findings=tuple(found))
    without = [problem.id for problem in problems.values() if not worked_lines(problem)]
    if without:
        found.append(Finding(Severity.NOTE, "", (), None, _no_solution(without)))
    yield replace(head, looked_at=len(entries), verified=verified, findings=tuple(found), done=True)


def _of_file(message: str) -> Finding:
    return Finding(Severity.ERROR, "", (), None, message)


def _of_fault(severity: Severity, fault: Fault) -> Finding:
    return Finding(severity, fault.problem_id, fault.place, fault.line, fault.message)


def _ids(entries: Sequence[object]) -> tuple[str, ...]:
    """An id for each problem, also where the file gives none or one twice."""
    ids: list[str] = []
    for number, entry in enumerate(entries, start=1):
        wanted = str(entry.get("id") or "").strip() if isinstance(entry, Mapping) else ""
        ids.append(wanted if wanted and wanted not in ids else f"problem {number}")
    return tuple(dict.fromkeys(ids))


def _no_solution(ids: Sequence[str]) -> str:
    some = ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")
    return f"Without a worked solution, so that only the answer is known: {some}."


# ---------------------------------------------------------------- what is found of one problem

Said = tuple[Severity, Place, str]
# What follows from a wrong line need not be mended: it mends itself.
HEAVY = {Verdict.WRONG: Severity.ERROR, Verdict.FOLLOW_THROUGH: Severity.NOTE}


def worked_lines(problem: Problem) -> list[tuple[str, Place]]:
    """The lines of the worked solution as one piece of work, each with its place in the file.

    The lines of a part follow its letter in brackets.
    """
    lines: list[tuple[str, Place]] = [(line, ("solution", k)) for k, line in enumerate(problem.solution)]
    for i, part in enumerate(problem.parts):
        if part.solution:
            lines.append((f"({part.id})", ("parts", i)))
            lines.extend((line, ("parts", i, "solution", k)) for k, line in enumerate(part.solution))
    return lines


def unit_faults(problem: Problem) -> Iterator[Said]:
    """What stands as a unit in its fields, and is none."""
    from tutor.verify.unit_names import counted_in, meant_by, words_unheard_of

    counted = counted_in(" ".join((problem.statement, *(part.statement for part in problem.parts))))
    for what, statement, place in _written(problem):
        for word in dict.fromkeys(words_unheard_of(statement, counted)):
            yield Severity.WARNING, place, f'{what} has the unit "{word}", which is none{meant_by(word)}'


def _written(problem: Problem) -> Iterator[tuple[str, Node, Place]]:
    """What is written in the fields that may hold a unit: what the field is called, the tree and the place."""
    from tutor.reading import split_steps

    for name, value in problem.givens.items():
        if (read_ := _with_unit(value)) is not None:
            yield f"given {name}", read_, ("givens", name)
    whole: tuple[str, Place, Problem | Part] = ("", (), problem)
    for label, at, each in (whole, *((f"part ({p.id}), ", ("parts", i), p) for i, p in enumerate(problem.parts))):
        if each.answer is not None:
            for k, form in enumerate(each.answer.forms):
                yield f"{label}answer", form, (*at, "answer", k)
            if each.answer.unit and (unit := _with_unit(f"1 {each.answer.unit}")) is not None:
                yield f"{label}unit", unit, (*at, "unit")
        for k, line in enumerate(each.solution):
            for step in split_steps(line, problem):
                for claim in step.claims:
                    yield f"{label}solution line {k + 1}", claim.statement, (*at, "solution", k)


def _with_unit(text: str) -> Node | None:
    try:
        return read(text, ReadHints(units=True))
    except StudentError:
        return None  # reading the set has complained where it must be readable


def solution_faults(problem: Problem) -> Iterator[Said]:
    """What the verifier says against a worked solution."""
    from tutor.pipeline import grade_submission
    from tutor.records import Submission
    from tutor.report.words import in_words

    lines = worked_lines(problem)
    if not lines:
        return
    work = "\n".join(text for text, _ in lines)
    report = grade_submission(Submission("solution", "author", problem.id, work), problem)
    for step in report.steps:
        if step.verdict not in (Verdict.CORRECT, Verdict.NO_CLAIM):
            text, place = lines[step.step.line]
            part = f"part ({problem.parts[int(place[1])].id}), " if place[0] == "parts" else ""
            which = f"solution line {int(place[-1]) + 1}" if "solution" in place else "its letter"
            said = f"{step.verdict}: {in_words(step.evidence, step.remarks)}"
            yield HEAVY.get(step.verdict, Severity.WARNING), place, f'{part}{which}, "{text}", is {said}'
    if problem.answer is None and not problem.parts:
        return
    at: Place = ("solution",)
    answers = report.parts if problem.parts else (report.answer,)
    for answer in answers:
        if answer is None or answer.correct is None:
            which = f"part ({answer.part})" if answer is not None and answer.part else "the worked solution"
            yield Severity.WARNING, at, f"the answer of {which} was not recognised"
        elif not answer.correct:
            yield Severity.ERROR, at, f"the worked solution ends in {answer.text}, which is not the answer"
    if report.mark.earned != report.mark.available and all(a is not None and a.correct for a in answers):
        why = "".join(f"; {reason}" for _, _, reason in report.mark.lost)
        available = report.mark.available
        earned = f"{report.mark.earned} of {available} {'mark' if available == 1 else 'marks'}"
        yield Severity.WARNING, at, f"the worked solution earns {earned}{why}"


# ---------------------------------------------------------------- in a process of its own


def to_json(found: Review) -> dict[str, Any]:
    """As a message."""
    said = [[f.severity.value, f.problem_id, list(f.place), f.line, f.message] for f in found.findings]
    names = ("name", "title", "yaml", "word", "problems", "looked_at", "solutions", "verified", "done")
    return {**{name: getattr(found, name) for name in names}, "problem_ids": list(found.problem_ids), "findings": said}


def from_json(message: Mapping[str, Any]) -> Review:
    """Undoes `to_json`."""
    said = tuple(Finding(Severity(s), i, tuple(place), line, m) for s, i, place, line, m in message["findings"])
    return Review(**{**message, "problem_ids": tuple(message["problem_ids"]), "findings": said})


def main(source: IO[bytes], sink: IO[bytes]) -> None:
    """Look through the file that comes in; a line of JSON goes out whenever there is more to tell."""
    asked = json.loads(source.readline())
    for found in review(asked["file"], base64.b64decode(asked["data"])):
        sink.write(json.dumps(to_json(found), separators=(",", ":")).encode("ascii") + b"\n")
        sink.flush()


if __name__ == "__main__":
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not break the protocol
    if sys.platform == "linux":
        from tutor.batch.pool import die_with_the_parent

        die_with_the_parent()
    main(sys.stdin.buffer, out)
