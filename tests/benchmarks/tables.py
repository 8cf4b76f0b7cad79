"""A figure with what it must reach, and figures as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number: what it is of, its value as text, the target, and the rows behind a shortfall."""

    of: str
    what: str
    value: str
    target: str | None = None
    details: list[str] = field(default_factory=list)

    @classmethod
    def share(
        cls, of: str, what: str, part: int, whole: int, target: str | None = None, details: list[str] | None = None
    ) -> Figure:
        """part/whole in per cent."""
        percent = f"{100 * part / whole:.1f} %" if whole else "no rows"
        return cls(of, what, f"{percent} ({part}/{whole})", target, details or [])

    @classmethod
    def count(
        cls, of: str, what: str, number: int, target: str | None = None, details: list[str] | None = None
    ) -> Figure:
        """A plain count."""
        return cls(of, what, str(number), target, details or [])


def as_markdown(figures: Iterable[Figure]) -> str:
    """The figures as a table for the README."""
    lines = ["| on | what | measured | must reach |", "|---|---|---|---|"]
    lines += [f"| {f.of} | {f.what} | {f.value} | {f.target or ''} |" for f in figures]
    return "\n".join(lines)
