"""What the solver returns."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.laws.scene import Asked, Scene
from tutor.records import Answer


@dataclass(frozen=True, slots=True)
class Solved:
    """One unknown of a problem.

    answer: None where the solver stays silent; then `why_silent` says what was not understood or not found.
    lines: a worked solution in the notation that students write, each line verified. laws: ids, in order of use.
    """

    asked: Asked | None
    answer: Answer | None = None
    lines: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    why_silent: str = ""


@dataclass(frozen=True, slots=True)
class Solution:
    """All unknowns of a problem, and the scene that was read."""

    scene: Scene
    parts: tuple[Solved, ...] = ()
