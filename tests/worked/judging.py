"""Pieces of work with the verdicts that a teacher settled: reading them, and what the program says of each line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement

# A teacher would accept either for a line that only restates or names something.
FINE = frozenset({"correct", "no_claim"})


def rows_of(name: str) -> tuple[Mapping[str, Any], ...]:
    """The pieces of a file of this folder."""
    return tuple(YAML(typ="safe").load(Path(__file__).with_name(name).read_text(encoding="utf-8")))


def verdicts(row: Mapping[str, Any]) -> list[str]:
    """The verdict of each line, in order."""
    checked = check_work(row["work"], problem_from_statement(row["problem"]))
    by_line = {step.step.line: str(step.verdict) for step in checked}
    return [by_line.get(line, "no_claim") for line in range(len(row["work"].splitlines()))]


def agrees(found: str, settled: str | list[str]) -> bool:
    """Whether a verdict is one that was settled, "correct" and "no claim" being as good as each other."""
    allowed = {settled} if isinstance(settled, str) else set(settled)
    return found in allowed or (found in FINE and bool(allowed & FINE))


def named(row: Mapping[str, Any]) -> str:
    """The row's name in a report."""
    return str(row["id"])
