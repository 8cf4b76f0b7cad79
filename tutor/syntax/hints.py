"""What is known of the work around a line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadHints:
    """What is known of the work around the line.

    symbols: the unknowns and givens in use. functions: names that are applied, as f in f(x).
    decimal_comma, cross_is_times: None where nothing is known. complex: i is the imaginary unit.
    typed: names whose subscript is typed beside the letter, `v_f` where the work has `vf`.
    units: a single letter after a number is a unit. physical: the work is about physics, so that such a letter is
    weighed against the symbols in use.
    """

    symbols: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    decimal_comma: bool | None = None
    cross_is_times: bool | None = None
    complex: bool = False
    units: bool = False
    physical: bool = False
    typed: frozenset[str] = frozenset()


NO_HINTS = ReadHints()
