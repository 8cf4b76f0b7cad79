"""File formats of problem sets, by suffix; reading undoes writing.

A format is a module with `read(data: bytes) -> Draft` and `write(content: Mapping) -> bytes`. It is imported when
a file of its kind is met.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from tutor.errors import AuthorError
from tutor.problems.sets import Draft

FORMATS = {
    ".yaml": "tutor.problems.formats.yaml_set",
    ".yml": "tutor.problems.formats.yaml_set",
    ".json": "tutor.problems.formats.json_set",
    ".csv": "tutor.problems.formats.csv_table",
    ".xlsx": "tutor.problems.formats.xlsx_table",
}
# Read, but not written: they hold more than a set of ours, and less.
IMPORTS = {".xml": "tutor.problems.formats.moodle_xml"}


class Reader(Protocol):
    """What each module of this folder offers."""

    @staticmethod
    def read(data: bytes) -> Draft:
        """The content of a file, not validated. Raises AuthorError with "line 3: …"."""


class Format(Reader, Protocol):
    """What those offer that write, too."""

    @staticmethod
    def write(content: Mapping[str, Any]) -> bytes:
        """A file that reads back to the same content."""


def format_of(path: Path) -> Format:
    """The format that a file's ending names, to write it.

    Raises:
        AuthorError: no format has that ending.
    """
    return _named(path, FORMATS)


def reader_of(path: Path) -> Reader:
    """The format that a file's ending names, to read it; some can only be read.

    Raises:
        AuthorError: no format has that ending.
    """
    return _named(path, FORMATS | IMPORTS)


def _named(path: Path, formats: Mapping[str, str]) -> Format:
    try:
        return cast(Format, import_module(formats[path.suffix.lower()]))
    except KeyError:
        raise AuthorError(f"is not a problem set: its name should end in one of {', '.join(formats)}") from None
