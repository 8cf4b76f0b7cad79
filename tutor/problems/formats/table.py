"""Problem sets as tables: a row a problem, or a row a part; shared by CSV and XLSX.

Columns are the fields of a problem; `solution_1 … solution_n`, `scheme_1 …`, `answer_2 …` (alternatives) and
`equations_1 …` hold lists, `part` the letter of a part (its statement in `part_statement`), and what is said of the
whole set stands in `set_title`, `set_description`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tutor.errors import AuthorError
from tutor.problems.author import scheme_line
from tutor.problems.sets import SETTINGS, Draft, Place

MAX_COLUMNS = 300
MAX_ROWS = 20_000
_NUMBERED = re.compile(r"(solution|answer|equations|scheme)_([0-9]{1,3})")
_OF_A_PART = ("unknowns", "answer", "tolerance", "figures", "form", "unit", "marks", "scheme", "solution")
_LISTS = ("unknowns", "strict_remarks")


def from_rows(rows: Iterable[Sequence[str]]) -> Draft:
    """The content of a table whose first row names the columns.

    Raises:
        AuthorError: no header, or a table past the limits.
    """
    header: list[str] = []
    content: dict[str, Any] = {}
    problems: list[dict[str, Any]] = []
    places: dict[Place, int] = {}
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise AuthorError(f"row {number}: more than {MAX_ROWS} rows or {MAX_COLUMNS} columns")
        if not header:
            header = [cell.lower().replace(" ", "_") for cell in cells]
            _check_header(header)
            continue
        if not any(cells):
            continue
        if len(cells) > len(header) and any(cells[len(header) :]):
            raise AuthorError(f"row {number}: more cells than the header has columns; put text with commas in quotes")
        values = {name: cell for name, cell in zip(header, cells, strict=False) if cell and name}
        for key in ("title", "description"):
            if f"set_{key}" in values:
                content.setdefault(key, values.pop(f"set_{key}"))
                values.pop(f"set_{key}", None)
        _add_row(_gathered(values), number, problems, places)
    if not header:
        raise AuthorError("row 1: the table is empty")
    return Draft({**content, "problems": problems}, places, word="row")


def _check_header(header: Sequence[str]) -> None:
    if "id" not in header:
        raise AuthorError("row 1: there is no column id; the first row names the columns: id, statement, answer, …")
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        raise AuthorError(f"row 1: the column {min(twice)} stands there twice")


def _gathered(values: Mapping[str, str]) -> dict[str, Any]:
    """solution_1, solution_2, … into one list."""
    found: dict[str, Any] = {}
    numbered: dict[str, list[tuple[int, str]]] = {}
    for name, cell in values.items():
        match = _NUMBERED.fullmatch(name)
        if match:
            numbered.setdefault(match.group(1), []).append((int(match.group(2)), cell))
        else:
            found[name] = cell
    for name, cells in numbered.items():
        first = [found[name]] if name in found else []
        found[name] = first + [cell for _, cell in sorted(cells)]
    return found


def _add_row(row: dict[str, Any], number: int, problems: list[dict[str, Any]], places: dict[Place, int]) -> None:
    part_id = row.pop("part", None)
    if part_id is None:
        if "part_statement" in row:
            raise AuthorError(f"row {number}: there is a part_statement, but the column part is empty")
        places["problems", len(problems)] = number
        problems.append(row)
        return
    part: dict[str, Any] = {"id": part_id}
    if "part_statement" in row:
        part["statement"] = row.pop("part_statement")
    for name in _OF_A_PART:
        if name in row:
            part[name] = row.pop(name)
    if not problems or problems[-1].get("id") != row.get("id"):
        places["problems", len(problems)] = number
        problems.append(row)
    problem = problems[-1]
    for name, value in row.items():
        problem.setdefault(name, value)
    parts = problem.setdefault("parts", [])
    places["problems", len(problems) - 1, "parts", len(parts)] = number
    parts.append(part)


def to_rows(content: Mapping[str, Any]) -> list[list[str]]:
    """The table of a set, header first; what the set says for all problems is written for each."""
    records: list[dict[str, str]] = []
    for problem in content["problems"]:
        whole = {**{name: content[name] for name in SETTINGS if name in content}, **problem}
        parts = whole.pop("parts", None) or [None]
        for k, part in enumerate(parts):
            record = _record(whole if k == 0 else {"id": problem["id"]})
            if part is not None:
                inner = _record(part)
                record["part"] = inner.pop("id")
                if "statement" in inner:
                    record["part_statement"] = inner.pop("statement")
                clash = set(inner) & set(record)
                if clash - {"marks"}:
                    raise AuthorError(f'problem "{problem["id"]}": a table cannot hold {min(clash)} beside its parts')
                record |= inner
            records.append(record)
    if records:
        for key in ("title", "description"):
            if content.get(key):
                records[0][f"set_{key}"] = str(content[key])
    header = _header(records)
    return [header, *([record.get(name, "") for name in header] for record in records)]


_ORDER = (
    "id", "title", "statement", "part", "part_statement", "answer", "tolerance", "unit", "figures", "form", "marks",
    *SETTINGS, "givens", "unknowns", "equations", "scheme", "solution", "set_title", "set_description",
)  # fmt: skip


def _header(records: Sequence[Mapping[str, str]]) -> list[str]:
    names = {name for record in records for name in record}

    def rank(name: str) -> tuple[int, int]:
        stem, _, number = name.rpartition("_")
        if number.isdigit():
            return _ORDER.index(stem), int(number)
        return _ORDER.index(name), 0

    return sorted(names, key=rank)


def _record(fields: Mapping[str, Any]) -> dict[str, str]:
    record: dict[str, str] = {}
    for name, value in fields.items():
        if value is None or value == "":
            continue
        if name == "equations" and not value:
            record[name] = "none"
        elif isinstance(value, Mapping):
            record[name] = "; ".join(f"{key} = {given}" for key, given in value.items())
        elif name in _LISTS and isinstance(value, list | tuple):
            record[name] = ", ".join(str(item) for item in value)
        elif isinstance(value, list | tuple):
            for k, item in enumerate(value, start=1):
                record[f"{name}_{k}"] = str(scheme_line(item) if name == "scheme" else item)
        elif name in ("solution", "scheme"):
            for k, line in enumerate(str(value).rstrip().splitlines(), start=1):
                record[f"{name}_{k}"] = line
        else:
            record[name] = str(value)
    return record
