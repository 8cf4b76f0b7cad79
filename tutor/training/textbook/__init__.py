"""Textbook: lines of prose as students write them, with what each word does and what the line says, by seed."""

from tutor.training.textbook.generator import families, held_out, lines
from tutor.training.textbook.lines import Line

HELD_OUT: frozenset[str] = held_out()

__all__ = ["HELD_OUT", "Line", "families", "lines"]
