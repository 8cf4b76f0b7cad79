"""The cause of a wrong line in words, from a stored report: the error, and others that are easily taken for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def cause_in_words(step: Mapping[str, Any]) -> Iterator[str]:
    """`Squares a sum term by term.`, and what else may lead to the line."""
    if step.get("misconception"):
        from tutor.misconceptions.catalogue import entries

        known = entries()
        names = [known[i].name for i in (step["misconception"], *step.get("also", ())) if i in known]
        if names:
            first, *others = names
            joined = "; and: " if step.get("two_slips") else "; or: "
            yield joined.join([first, *(other[0].lower() + other[1:] for other in others)]) + "."
