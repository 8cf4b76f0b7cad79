"""Lines of a problem as students write them, read and explained; named functions as the catalogue writes them."""

from __future__ import annotations

from tutor.misconceptions.catalogue import entries
from tutor.misconceptions.explain import explain
from tutor.misconceptions.notation import NAMED, statement
from tutor.syntax.read import read
from tutor.syntax.tree import Statement

# A problem of which every rule that asks for its words speaks.
EVERYTHING = (
    "Two dice and coins: probability of events; f(x) and its slope; area of a rectangle and a triangle, scaled; "
    "independent errors with their variance; three times as many, in the ratio 1:2"
)


def read_line(text: str) -> Statement:
    """A line in a student's notation, or with a named function such as `median(3, 1, 2)`."""
    named = any(f"{name}(" in text for name in NAMED)
    return statement(text) if named else read(text.strip())


def causes_in(problem: str, before: str, line: str) -> list[str]:
    """The ids of the errors that lead from one line, or several parted by `;`, to another."""
    known = [read_line(part) for part in before.split(";")]
    return [cause.id for cause in explain(known, read_line(line), situation=problem)]


def is_named(cause: str, found: list[str]) -> bool:
    """Whether the first cause is this one, or one that its entry lists as explaining the same lines."""
    return bool(found) and found[0] in {cause} | entries()[cause].confusable
