"""Problem sets as an Excel workbook: the first sheet, the same columns as CSV."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from tutor.errors import AuthorError
from tutor.problems.formats.table import MAX_COLUMNS, MAX_ROWS, from_rows, to_rows
from tutor.problems.sets import Draft

# A workbook is a ZIP archive; this bounds what it unpacks to.
MAX_UNPACKED = 50_000_000


def read(data: bytes) -> Draft:
    """The content of the first sheet; a number keeps the digits that Excel stores.

    Raises:
        AuthorError: not a workbook, or not a table of problems.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise AuthorError(f"row 1: the workbook unpacks to {unpacked} bytes; at most {MAX_UNPACKED} are read")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError):
        raise AuthorError("row 1: this is not an Excel workbook (.xlsx)") from None
    try:
        return from_rows(_cells(book.worksheets[0]))
    finally:
        book.close()


def _cells(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _text(value: object) -> str:
    if value is None:
        return ""
    # Excel stores every number as a float: 3 comes back as 3.0 from some programs.
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def write(content: Mapping[str, Any]) -> bytes:
    """The content as a workbook; every cell is text, so that nothing in it runs as a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one
    sheet.title = "problems"
    for i, row in enumerate(to_rows(content), start=1):
        for j, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(i, j)
                cell.value = text
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
