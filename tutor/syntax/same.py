"""When two lines of text are one line, whoever typed them."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
_IDLE = re.compile(r"(?<![^\W_]) | (?![^\W_])")  # beside anything but a letter or a digit


def same_line(text: str) -> str:
    """The same for lines that differ in idle blanks or in how a letter is encoded, and for no others.

    >>> same_line("2x = 4") == same_line(" 2x=4 "), same_line("x²") == same_line("x2"), same_line("1 2") == "12"
    (True, False, False)
    """
    composed = _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return _IDLE.sub("", composed)
