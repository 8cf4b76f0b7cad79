"""Problem sets as CSV, comma or semicolon."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from tutor.errors import AuthorError
from tutor.problems.formats.table import from_rows, to_rows
from tutor.problems.sets import Draft


def read(data: bytes) -> Draft:
    """The content of a CSV table.

    Raises:
        AuthorError: not UTF-8, or not a table of problems.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise AuthorError(f"line {row}: this is not UTF-8 text; save the table as CSV UTF-8") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return from_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise AuthorError(f"row 1: this is not a CSV table: {error}") from None


def write(content: Mapping[str, Any]) -> bytes:
    """The content as a table, a row a problem."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(to_rows(content))
    return stream.getvalue().encode("utf-8-sig")
