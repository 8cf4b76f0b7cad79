"""What changed between two versions of a set, problem by problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tutor.errors import AuthorError
from tutor.problems.formats import yaml_set


class Kind(StrEnum):
    """What became of a problem."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """problem_id: "" for what is said of the whole set. fields: those that differ, of a problem that changed."""

    kind: Kind
    problem_id: str
    fields: tuple[str, ...] = ()


def changes(before: str, after: str) -> list[Change]:
    """What the later of two sets in YAML has changed, in its own order; what it has dropped comes last.

    >>> changes("problems: [{id: a, answer: 1}, {id: b}]", "problems: [{id: a, answer: 2}, {id: c}]")
    ... # doctest: +NORMALIZE_WHITESPACE
    [Change(kind=<Kind.CHANGED: 'changed'>, problem_id='a', fields=('answer',)),
     Change(kind=<Kind.ADDED: 'added'>, problem_id='c', fields=()),
     Change(kind=<Kind.REMOVED: 'removed'>, problem_id='b', fields=())]
    """
    old_head, old = _parted(before)
    new_head, new = _parted(after)
    found = [Change(Kind.CHANGED, "", fields)] if (fields := _differing(old_head, new_head)) else []
    for problem_id, entry in new.items():
        if problem_id not in old:
            found.append(Change(Kind.ADDED, problem_id))
        elif fields := _differing(old[problem_id], entry):
            found.append(Change(Kind.CHANGED, problem_id, fields))
    return found + [Change(Kind.REMOVED, problem_id) for problem_id in old if problem_id not in new]


def _parted(yaml: str) -> tuple[dict[str, Any], dict[str, Mapping[str, Any]]]:
    try:
        content = dict(yaml_set.read(yaml.encode("utf-8")).content)
    except AuthorError:
        return {}, {}
    problems = content.pop("problems", None)
    entries = problems if isinstance(problems, list) else []
    return content, {str(entry.get("id")): entry for entry in entries if isinstance(entry, Mapping)}


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys((*after, *before)) if before.get(name) != after.get(name))
