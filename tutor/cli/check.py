"""`tutor check`: one piece of work, or a stream of them."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.batch.decode import file_to_work, not_text
from tutor.batch.outcome import Grade, graded, unmarked
from tutor.errors import AuthorError, TutorError
from tutor.records import Part, Problem, Report, Submission
from tutor.regex import regex
from tutor.report.machine import to_json
from tutor.report.summary import FOR_A_PERSON

if TYPE_CHECKING:
    from tutor.slm.choice import ModelChoice
    from tutor.slm.standby import Standby

MAX_BYTES = 8_000_000
MAX_LINE = 8_000_000  # of a stream
FEWEST_WORDS = 5  # in which a quantity is given and another one asked for
_WORD = regex(r"[^\W\d_]{2,}")


def problem_named(text: str) -> Problem:
    """A problem of a set (`linear.yaml#brackets-1`), or the one that a statement poses.

    Raises:
        AuthorError: the set is there and has no such problem.
    """
    name, _, problem_id = text.partition("#")
    path = Path(name)
    if path.suffix.lower() in (".yaml", ".yml", ".json", ".csv", ".xlsx"):
        from tutor.batch.rows import near
        from tutor.problems import load_problem_set

        problems = load_problem_set(path).problems
        if not problem_id and len(problems) == 1:
            return next(iter(problems.values()))
        if problem_id not in problems:
            raise AuthorError(f'{name} has no problem "{problem_id}"; {near(problem_id, problems)}')
        return problems[problem_id]
    if not text.strip():
        return Problem()
    from tutor.problems import problem_from_statement

    return problem_from_statement(text)


def read_work(file: str) -> str:
    """The text of a file, or of what is piped in.

    Raises:
        AuthorError: there is no such file, it is no text, or it is too large.
    """
    if file == "-":
        if sys.stdin.isatty():
            sys.stderr.write("Type the work, one step a line; end with Ctrl-D.\n")
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        path = Path(file)
        if not path.is_file():
            raise AuthorError(f"there is no file {file}")
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    what = not_text(file, data[:64])
    if what is not None:
        raise AuthorError(f"{file} is {what}; only text is read (.txt, .md, .tex)")
    if len(data) > MAX_BYTES:
        raise AuthorError(f"{file} is larger than {MAX_BYTES:,} bytes")
    return file_to_work(file, data)


def check_one(
    file: str,
    problem: str,
    choice: ModelChoice | None = None,
    *,
    as_json: bool,
    color: bool,
    hints: int = 1,
    opinions: bool = False,
) -> int:
    """Print the report of one piece of work; 1 where it could not be marked."""
    posed = problem_named(problem)
    work = read_work(file)
    grade, model = grading_with(choice, opinions=opinions)
    report = graded(Submission("-" if file == "-" else Path(file).name, "", posed.id, work), posed, grade)
    say_fault(model)
    # A bare piece of work has no student, and its marks mean something only where a problem has been given.
    report = replace(report, student=None, problem=posed.id or None)
    record = to_json(report)
    if as_json:
        record |= _read(posed)
        sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    else:
        from tutor.cli.output import console
        from tutor.report.terminal import show_report

        has_answer = posed.answer is not None or bool(posed.parts)
        show_report(record if has_answer else _without_marks(record), console(color=color), hints)
    return 0 if report.status == "graded" else 1


def grading_with(choice: ModelChoice | None, *, opinions: bool) -> tuple[Grade, Standby | None]:
    """What marks a submission, with the model that it asks where lines are left; the model is opened only then."""
    from tutor.pipeline import grade_submission

    if choice is None or choice.off:
        return grade_submission, None
    from tutor.slm.standby import Standby

    model = Standby(choice)
    return functools.partial(grade_submission, model=model, opinions="every" if opinions else "undecided"), model


def say_fault(model: Standby | None) -> None:
    """A model that was wanted and is not there leaves lines in words unread, which whoever asked should know."""
    if model is not None and model.fault:
        sys.stderr.write(f"Lines in words were left as they are: {model.fault}\n")


def _read(problem: Problem) -> dict[str, Any]:
    """What the words of the problem give and ask, by rules: no model is asked for it."""
    found = _read_words(problem.statement, tuple((part.id, part.statement) for part in problem.parts))
    return {"problem_read": found} if found else {}


@functools.lru_cache(maxsize=1000)
def _read_words(statement: str, parts: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    texts = (statement, *(text for _, text in parts))
    if sum(len(_WORD.findall(text)) for text in texts) < FEWEST_WORDS:
        return []
    from tutor.slm.word_problems import read_word_problem

    # Without a quantity in words the laws need not be loaded, which takes longer than to check a line.
    if not any(found.givens or found.relations for found in map(read_word_problem, texts)):
        return []
    from tutor.cli.statements import as_objects
    from tutor.laws.statements import read_parts

    return as_objects(read_parts(Problem(statement=statement, parts=tuple(Part(*part) for part in parts))))


def _without_marks(record: dict[str, Any]) -> dict[str, Any]:
    """Without a reference answer there is nothing that marks could be given for."""
    nothing = {"earned": "0", "pending": "0", "available": "0", "lost": []}
    answer = record["answer"]
    decided = answer is not None and answer["correct"] is not None
    if decided and any(s["line"] > answer["line"] and s["verdict"] in FOR_A_PERSON for s in record["steps"]):
        decided = False  # the answer may be on the line that could not be read
    return record | {"mark": nothing, "answer": answer if decided else None}


# ---------------------------------------------------------------- a stream


def check_stream(file: str, problem: str, choice: ModelChoice | None = None, *, opinions: bool = False) -> int:
    """One report a line for one object a line, each written at once; 1 where a row could not be marked."""
    grade, model = grading_with(choice, opinions=opinions)
    fallback = problem_named(problem) if problem else None
    status = 0
    try:
        for number, line in enumerate(_lines(file), 1):
            if (row := _row(line, number, fallback, grade)) is None:
                continue
            report, posed = row
            status |= report.status != "graded"
            sys.stdout.write(_line(to_json(report) | _read(posed)))
            sys.stdout.flush()
        say_fault(model)
    except BrokenPipeError:  # whoever read the reports has gone
        sys.stderr.close()
    return status


def _line(record: dict[str, Any]) -> str:
    """The object on one line; half of a surrogate pair, which JSON may hold and UTF-8 may not, becomes `?`."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _lines(file: str) -> Iterator[bytes]:
    if file == "-":
        yield from iter(lambda: sys.stdin.buffer.readline(MAX_LINE + 1), b"")
        return
    path = Path(file)
    if not path.is_file():
        raise AuthorError(f"there is no file {file}")
    with path.open("rb") as opened:
        yield from iter(lambda: opened.readline(MAX_LINE + 1), b"")


@functools.lru_cache(maxsize=1000)
def _posed(text: str) -> Problem:
    """The problem that a JSON value poses: a statement or an object."""
    from tutor.problems import problem_from_object, problem_from_statement

    found = json.loads(text)
    return problem_from_statement(found) if isinstance(found, str) else problem_from_object(found)


def _row(line: bytes, number: int, fallback: Problem | None, grade: Any) -> tuple[Report, Problem] | None:
    """The report for a line of the stream, and the problem it is about; None for a blank line."""
    row_id = str(number)

    def bad(message: str) -> tuple[Report, Problem]:
        return replace(unmarked(Submission(row_id, "", "", ""), None, "error", message), student=None), Problem()

    if len(line) > MAX_LINE:
        return bad(f"The line is longer than {MAX_LINE:,} bytes.")
    try:
        text = line.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return bad(f"The line is no UTF-8 at byte {error.start}.")
    if not text.strip():
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        return bad(f"The line is no JSON: {error}.")
    if not isinstance(found, dict):
        return bad('The line is no JSON object with "id", "problem" and "work".')
    row_id = str(found.get("id", number))
    work = found.get("work")
    if not isinstance(work, str):
        return bad('The object has no text under "work".')
    work = work.encode("utf-8", "replace").decode("utf-8")
    posed = found.get("problem")
    if not isinstance(posed, str | dict | None):
        return bad('"problem" is to be a statement, such as "Solve 2x + 3 = 7", or a problem object.')
    try:
        problem = _posed(json.dumps(posed)) if posed is not None else fallback or Problem()
    except TutorError as error:
        return bad(str(error))
    report = graded(Submission(row_id, str(found.get("student", "")), problem.id, work), problem, grade)
    student = str(found["student"]) if "student" in found else None
    return replace(report, student=student, problem=problem.id or None), problem
