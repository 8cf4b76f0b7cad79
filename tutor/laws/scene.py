"""A problem read as physics: what is given, with roles, what is asked, and under which conditions."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.records import Part, Problem
from tutor.syntax.tree import Expr, Span, Unit


@dataclass(frozen=True, slots=True)
class Given:
    """A quantity that the problem states: "a slope of height H = 40 m".

    symbol: the problem's own letter, "" where it has none. role: id of a role, "" where the words were not understood.
    value: as written, a Quantity or a number. of: the body or thing it belongs to ("skier", "slope"), "" where unknown.
    when: "initial", "final" or "". text: the words around it. span: of the number and unit in the statement.
    implied: not written as a number ("from rest" is an initial speed of 0 m/s).
    """

    symbol: str
    role: str
    value: Expr
    of: str = ""
    when: str = ""
    text: str = ""
    span: Span = Span(0, 0)
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the problem asks for; `unit` is the one it wants the answer in, where it says so."""

    role: str
    symbol: str = ""
    unit: Unit | None = None
    of: str = ""
    when: str = ""
    text: str = ""
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A statement as physics.

    physical: it speaks of quantities of physics at all. conditions: ids of `conditions.toml`.
    unread: pieces with a number, a condition or a question that were not understood; a solver stays silent then.
    """

    givens: tuple[Given, ...] = ()
    asked: tuple[Asked, ...] = ()
    conditions: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    physical: bool = False


def scene_of(problem: Problem, part: Part | None = None) -> Scene:
    """The scene of a problem (cached by its statement and givens), or of one of its parts with the head's givens."""
    return Scene()
