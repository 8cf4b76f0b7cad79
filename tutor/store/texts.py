"""Text that people type, made fit to store: what a database refuses goes, and lengths are bounded."""

from __future__ import annotations

import unicodedata
from typing import Final

from tutor.store.errors import BadInput

MAX_NAME: Final = 60
MAX_TITLE: Final = 200
MAX_LINE: Final = 2_000


def storable(text: str) -> str:
    """The text without what no database stores: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    """Text for one line of a table: no control, format or direction signs, single blanks."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in storable(text))
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Co", "Cn")).split())


def name_of(text: str, what: str = "name", longest: int = MAX_NAME) -> str:
    """A name or title on one line.

    Raises:
        BadInput: nothing is left of it, or it is too long.
    """
    name = one_line(text[: 10 * longest])
    if not name:
        raise BadInput(f"The {what} is empty.")
    if len(name) > longest:
        raise BadInput(f"The {what} has {len(name)} characters; at most {longest} fit.")
    return name


def key_of(text: str) -> str:
    """The same for names that people would take for one: case, width and blanks do not matter.

    >>> key_of("  Ada  LOVELACE ") == key_of("ada lovelace")
    True
    """
    return unicodedata.normalize("NFKC", one_line(unicodedata.normalize("NFKC", text)).casefold())


def bounded(text: str, what: str, longest: int) -> str:
    """Text of several lines.

    Raises:
        BadInput: it is too long.
    """
    if len(text) > longest:
        raise BadInput(f"The {what} has {len(text)} characters; at most {longest} fit.")
    return storable(text)
