"""Lines as students write them, read and explained."""

from __future__ import annotations

from tutor.misconceptions.catalogue import entries
from tutor.misconceptions.explain import explain
from tutor.syntax.read import read
from tutor.syntax.tree import Both, Statement


def causes(before: str, line: str) -> list[str]:
    """The ids of the errors that lead from one line, or several parted by `;`, to another."""
    after = tuple(read(part) for part in line.split(";"))
    student: Statement = after[0] if len(after) == 1 else Both(after)
    return [cause.id for cause in explain([read(part) for part in before.split(";")], student)]


def is_named(cause: str, found: list[str]) -> bool:
    """Whether the first cause is this one, or one that the catalogue lists as explaining the same lines."""
    return bool(found) and (
        found[0] == cause or cause in entries()[found[0]].confusable or found[0] in entries()[cause].confusable
    )
