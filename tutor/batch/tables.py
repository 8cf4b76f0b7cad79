"""Tables of submissions: CSV, JSON Lines, JSON, Parquet and XLSX with the columns id, student, problem, work."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from tutor.batch.decode import encoding_of
from tutor.batch.rows import ProblemNames, Row, near, row_of
from tutor.errors import AuthorError
from tutor.records import Submission

Columns = Mapping[str, str] | None  # heading → our column, where somebody has said so
COLUMNS = ("id", "student", "problem", "work")
MAX_CELL = 50_000_000
SNIFFED_BYTES = 4_000_000
MAX_XLSX_BYTES = 500_000_000
MAX_COLUMNS = 200  # of a sheet
MAX_BLANK = 5_000  # blank rows after which a sheet is over

# Other headings that mean one of ours and nothing else.
ALSO = {
    "submission": "id",
    "submission_id": "id",
    "row_id": "id",
    "name": "student",
    "student_id": "student",
    "user": "student",
    "username": "student",
    "problem_id": "problem",
    "question": "problem",
    "question_id": "problem",
    "answer": "work",
    "response": "work",
    "solution": "work",
    "text": "work",
    "schüler": "student",
    "schülerin": "student",
    "aufgabe": "problem",
    "lösung": "work",
    "antwort": "work",
    "rechenweg": "work",
}


def guessed(names: Iterable[str]) -> dict[str, str]:
    """Heading of a table → our column, for those that are ours.

    >>> guessed(["Question", "Answer", "Name", "Class"])
    {'Question': 'problem', 'Answer': 'work', 'Name': 'student'}
    """
    plain = {n: n.strip().casefold().replace(" ", "_") for n in names}
    found = {n: p for n, p in plain.items() if p in COLUMNS}
    for n, p in plain.items():
        if p in ALSO and ALSO[p] not in found.values():
            found[n] = ALSO[p]
    return found


def _headings(names: list[str], path: Path, columns: Columns = None) -> dict[str, str]:
    """As `guessed`, or what `columns` says.

    Raises:
        AuthorError: no column holds the work.
    """
    found = guessed(names) if columns is None else {n: columns[n] for n in names if n in columns}
    if "work" not in found.values():
        there = ", ".join(n.strip() for n in names if n.strip()) or "none"
        close = near("work", [n for n in names if n not in found] or ["work"])
        hint = f" {close}" if close.startswith("did") else ""
        raise AuthorError(
            f'{path} has no column "work" (the columns are: {there}).{hint}\n'
            "A table of submissions has the columns id, student, problem, work; id and student may be left out, "
            "and problem too where the set has one problem."
        )
    return found


def _cell(value: object) -> str:
    """What stands in a cell, as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _row(record: Mapping[str, object], headings: Mapping[str, str], names: ProblemNames, where: str) -> Row:
    ours = {column: _cell(record.get(heading)) for heading, column in headings.items()}
    extra = {str(k): _cell(v) for k, v in record.items() if k is not None and k not in headings}
    work = ours.get("work", "").replace("\r\n", "\n").replace("\r", "\n")
    student = ours.get("student", "").strip()
    row_id = ours.get("id", "").strip()
    submission = Submission(row_id, student or row_id or where, ours.get("problem", "").strip(), work, extra)
    return row_of(submission, names, where)


# ---------------------------------------------------------------- one reader a kind


def _open_text(path: Path) -> IO[str]:
    with path.open("rb") as file:
        head = file.read(SNIFFED_BYTES)
    # A letter cut in two at the end of what was looked at is not a broken one.
    encoding = encoding_of(head[: head.rfind(b"\n") + 1] or head)
    return path.open(encoding=encoding, errors="replace", newline="")


def read_csv(path: Path, names: ProblemNames, columns: Columns = None) -> Iterator[Row]:
    """Comma, semicolon or tab; quoted cells may hold line ends."""
    csv.field_size_limit(min(sys.maxsize, MAX_CELL))
    with _open_text(path) as file:
        first = file.readline()
        delimiter = max(",;\t", key=first.count)
        # Quoted headings may hold line ends too, so the reader begins at the first line again.
        reader = csv.reader(itertools.chain([first], file), delimiter=delimiter)
        heads = next(reader, [])
        headings = _headings(heads, path, columns)
        line = reader.line_num
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                where = f"line {line + 1}"
                yield Row(Submission("", where, "", ""), where, "error", f"The row cannot be read: {error}.")
                line = reader.line_num
                continue
            where, line = f"line {line + 1}", reader.line_num
            if not any(cells):
                continue
            record = dict(itertools.zip_longest(heads, cells[: len(heads)], fillvalue=""))
            yield _row(record, headings, names, where)


def _json_row(found: object, names: ProblemNames, where: str, columns: Columns) -> Row:
    if not isinstance(found, dict):
        return Row(Submission("", where, "", ""), where, "error", "The line is no JSON object.")
    try:
        headings = _headings([str(k) for k in found], Path(where), columns)
    except AuthorError:
        message = f'The object has no "work" (it has: {", ".join(map(str, found)) or "nothing"}).'
        row_id = _cell(found.get("id"))
        return Row(
            Submission(row_id, _cell(found.get("student")) or row_id or where, _cell(found.get("problem")), ""),
            where,
            "error",
            message,
        )
    return _row(found, headings, names, where)


def read_jsonl(path: Path, names: ProblemNames, columns: Columns = None) -> Iterator[Row]:
    """One object a line; a bad line is a row that says so."""
    with _open_text(path) as file:
        for number, text in enumerate(iter(lambda: file.readline(MAX_CELL), ""), 1):
            if not text.strip():
                continue
            where = f"line {number}"
            try:
                found = json.loads(text)
            except (ValueError, RecursionError) as error:
                message = f"The line is no JSON: {error}."
                yield Row(Submission("", where, "", ""), where, "error", message)
                continue
            yield _json_row(found, names, where, columns)


def read_json(path: Path, names: ProblemNames, columns: Columns = None) -> Iterator[Row]:
    """A list of objects."""
    with _open_text(path) as file:
        try:
            found = json.load(file)
        except (ValueError, RecursionError) as error:
            raise AuthorError(f"{path} is no JSON: {error}") from None
    if not isinstance(found, list):
        raise AuthorError(f"{path} holds no list of submissions; write [{{…}}, {{…}}], or JSON Lines in a .jsonl file")
    for number, item in enumerate(found, 1):
        yield _json_row(item, names, f"item {number}", columns)


def read_parquet(path: Path, names: ProblemNames, columns: Columns = None) -> Iterator[Row]:
    """A batch of rows at a time."""
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(path)
    except pyarrow.ArrowInvalid as error:
        raise AuthorError(f"{path} cannot be read as Parquet: {error}") from None
    with file:
        headings = _headings(list(file.schema_arrow.names), path, columns)
        number = 0
        for batch in file.iter_batches(batch_size=1000):
            for record in batch.to_pylist():
                number += 1
                yield _row(record, headings, names, f"row {number}")


def read_xlsx(path: Path, names: ProblemNames, columns: Columns = None) -> Iterator[Row]:
    """The first sheet; a cell that begins with "=" is work that was typed, so its formula is taken as text."""
    with _sheet(path) as rows:
        heads = _heads_of_sheet(rows)
        headings = _headings(heads, path, columns)
        for number, values in rows:
            yield _row(dict(zip(heads, values, strict=False)), headings, names, f"row {number}")


@contextlib.contextmanager
def _sheet(path: Path) -> Iterator[Iterator[tuple[int, list[Any]]]]:
    """The rows of the first sheet that hold something, with their numbers."""
    import openpyxl

    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > MAX_XLSX_BYTES:
            raise AuthorError(f"{path} unpacks to {unpacked:,} bytes; at most {MAX_XLSX_BYTES:,} are read")
        book = openpyxl.load_workbook(path, read_only=True)
        sheet = book.worksheets[0]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError) as error:
        raise AuthorError(f"{path} cannot be read as XLSX: {error}") from None

    def rows() -> Iterator[tuple[int, list[Any]]]:
        blank = 0
        # A sheet may say that it has a million rows of sixteen thousand columns, and hold one cell.
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), 1):
            values = list(cells)
            if any(v is not None for v in values):
                blank = 0
                yield number, values
            elif (blank := blank + 1) > MAX_BLANK:
                return

    try:
        yield rows()
    finally:
        book.close()


def _heads_of_sheet(rows: Iterator[tuple[int, list[Any]]]) -> list[str]:
    heads = next((heads for heads in ([_cell(v) for v in values] for _, values in rows) if any(heads)), [])
    while heads and not heads[-1]:
        heads.pop()  # a sheet is as wide as it is asked for
    return heads


TABLES = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".parquet": read_parquet,
    ".xlsx": read_xlsx,
}


def read_table(path: Path, names: ProblemNames, columns: Columns = None) -> Iterator[Row]:
    """The rows of a table, by the file's ending."""
    return TABLES[path.suffix.lower()](path, names, columns)


def headings_of(path: Path) -> list[str]:
    """The headings of a table; of JSON, the names in the first object.

    Raises:
        AuthorError: it cannot be read.
    """
    kind = path.suffix.lower()
    if kind in (".csv", ".tsv"):
        csv.field_size_limit(min(sys.maxsize, MAX_CELL))
        with _open_text(path) as file:
            first = file.readline()
            delimiter = max(",;\t", key=first.count)
            return next(csv.reader(itertools.chain([first], file), delimiter=delimiter), [])
    if kind == ".xlsx":
        with _sheet(path) as rows:
            return _heads_of_sheet(rows)
    if kind == ".parquet":
        import pyarrow
        import pyarrow.parquet

        try:
            return list(pyarrow.parquet.read_schema(path).names)
        except pyarrow.ArrowInvalid as error:
            raise AuthorError(f"{path} cannot be read as Parquet: {error}") from None
    with _open_text(path) as text:
        try:
            found = json.load(text) if kind == ".json" else json.loads(text.readline(MAX_CELL))
        except (ValueError, RecursionError):
            return []
    first_item = found[0] if isinstance(found, list) and found else found
    return [str(name) for name in first_item] if isinstance(first_item, dict) else []


def empty_table(path: Path) -> bool:
    """Whether there is nothing in the file at all."""
    with path.open("rb") as file:
        return not io.BytesIO(file.read(64)).getvalue().strip()
