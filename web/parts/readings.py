"""How each line is read, while it is written."""

from __future__ import annotations

from tutor.records import Problem


def draw_readings(key: str, problem: Problem | None) -> None:
    """Draw it."""
