"""What was found out about a part of a line, kept with it: a hundred rules ask the same of one line."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from tutor.syntax.tree import Node

MOST_KEPT = 64  # findings about one node

P = ParamSpec("P")
R = TypeVar("R")
N = TypeVar("N", bound=Node)


def kept(function: Callable[Concatenate[N, P], R]) -> Callable[Concatenate[N, P], R]:
    """A function of a node, and of what may be hashed beside, worked out once for each node. It must not raise."""

    @wraps(function)
    def found_of(node: N, *rest: P.args, **named: P.kwargs) -> R:
        notes: dict[Any, R] | None = getattr(node, "_notes", None)
        if notes is None:
            notes = {}
            object.__setattr__(node, "_notes", notes)
        key = (function, *rest)
        try:
            return notes[key]
        except KeyError:
            if len(notes) >= MOST_KEPT:
                notes.clear()
            found = notes[key] = function(node, *rest, **named)
            return found

    return found_of  # type: ignore[return-value]
