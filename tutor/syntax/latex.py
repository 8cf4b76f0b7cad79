"""LaTeX commands to the tokens of their plain spelling, each keeping its place in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.syntax.lexer import Token


def tokens(source: str, scanned: list[Token]) -> tuple[Token, ...]:
    """The tokens of a line that holds backslashes."""
    return tuple(scanned)
