"""A set as it is written in a form: fields of text in, content and faults at the field out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from tutor.errors import AuthorError
from tutor.problems.author import PartEntry, ProblemEntry
from tutor.problems.formats import json_set, yaml_set
from tutor.problems.sets import Draft, Fault, gather_faults
from tutor.problems.statement import mathematics
from tutor.records import Problem
from tutor.syntax.printer import to_latex

_LETTERS = re.compile(r"[^\W_]+")
PROBLEM_FIELDS = tuple(ProblemEntry.model_fields)
PART_FIELDS = tuple(PartEntry.model_fields)


def parted(yaml: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What a set in YAML says of itself, and its problems; empty problems in place of what is none."""
    try:
        content = dict(yaml_set.read(yaml.encode("utf-8")).content)
    except AuthorError:
        return {}, []
    problems = content.pop("problems", None)
    content.pop("$schema", None)
    entries = problems if isinstance(problems, list) else []
    return content, [dict(entry) if isinstance(entry, Mapping) else {} for entry in entries]


def together(head: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> str:
    """Undoes `parted`; fields that are empty are left out."""
    problems = [tidy(entry) for entry in entries]
    return yaml_set.write({**tidy(head), "problems": problems}).decode("utf-8")


def tidy(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in entry.items() if value not in (None, "", [], {})}


def free_id(title: str, taken: Sequence[str]) -> str:
    """An id for a problem of that title that no other has.

    >>> free_id("Two steps!", []), free_id("Two steps", ["two-steps"]), free_id("", ["problem"])
    ('two-steps', 'two-steps-2', 'problem-2')
    """
    stem = "-".join(_LETTERS.findall(title.lower()))[:60] or "problem"
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found


def as_text(value: object) -> str:
    """A field as a box for text shows it: a list line by line, givens as `u = 5 m/s`.

    >>> as_text(["2x = 4", "x = 2"]), as_text({"u": "5 m/s"}), as_text(None)
    ('2x = 4\\nx = 2', 'u = 5 m/s', '')
    """
    if isinstance(value, Mapping):
        return "\n".join(f"{name} = {given}" for name, given in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(as_text(item) for item in value)
    return "" if value is None else str(value)


def as_lines(text: str) -> list[str]:
    """The lines of a box, without blank ones at the end."""
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


def as_givens(text: str) -> str:
    """`u = 5 m/s` line by line as one field."""
    return "; ".join(as_lines(text))


def looked_at(head: Mapping[str, Any], entry: Mapping[str, Any]) -> tuple[Problem | None, tuple[Fault, ...]]:
    """The problem that an entry poses, None where it has faults, and these."""
    settings = {name: value for name, value in tidy(head).items() if name not in ("title", "description")}
    return _looked_at(json_set.write({**settings, "problems": [tidy(entry)]}))


@lru_cache(maxsize=4096)
def _looked_at(content: bytes) -> tuple[Problem | None, tuple[Fault, ...]]:
    draft = json_set.read(content)
    _, problems, faults = gather_faults(Path("set"), Draft({k: v for k, v in draft.content.items() if k != "$schema"}))
    return problems.get(0), faults


@lru_cache(maxsize=4096)
def statement_in_latex(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How the mathematics in a statement is read: its equations as LaTeX, and what is asked for."""
    try:
        found = mathematics(text)
    except AuthorError:
        return (), ()
    return tuple(to_latex(equation) for equation in found.equations), tuple(found.unknowns)


def answers_in_latex(problem: Problem) -> list[tuple[str, list[str]]]:
    """How the answers are read, by the letter of the part; any of the forms will do."""
    answers = [(part.id, part.answer) for part in problem.parts] if problem.parts else [("", problem.answer)]
    return [(letter, [to_latex(form) for form in answer.forms]) for letter, answer in answers if answer is not None]
