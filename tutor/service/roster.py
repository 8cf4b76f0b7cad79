"""A class's roster as a table: who each pseudonym is in the gradebook, written for and read from a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from tutor.batch.decode import not_text, to_text
from tutor.report.tables import cell
from tutor.store.errors import BadInput
from tutor.store.records import RosterLine
from tutor.store.texts import key_of

COLUMNS: Final = ("pseudonym", "gradebook_id", "full_name")
ALSO: Final = {
    "student": "pseudonym",
    "nickname": "pseudonym",
    "id": "gradebook_id",
    "gradebook": "gradebook_id",
    "student_id": "gradebook_id",
    "id_number": "gradebook_id",
    "sis_user_id": "gradebook_id",
    "name": "full_name",
    "full name": "full_name",
}
MAX_FILE: Final = 1_000_000


def roster_rows(lines: Iterable[RosterLine]) -> list[list[str]]:
    """The rows below `COLUMNS`."""
    return [[line.pseudonym, line.gradebook_id, line.full_name] for line in lines]


def read_roster(name: str, data: bytes, known: Sequence[RosterLine]) -> list[RosterLine]:
    """The lines of an uploaded table, for the students of the class; rows that say nothing of them are left out.

    known: the roster as it is. Undoes what the download escapes.

    >>> ada = RosterLine(7, "Red Owl")
    >>> read_roster("r.csv", b"pseudonym;gradebook_id;full_name\\nred  owl;s1;Ada", [ada])
    [RosterLine(student_id=7, pseudonym='Red Owl', gradebook_id='s1', full_name='Ada')]

    Raises:
        BadInput: it is no table, has no column for the pseudonym, or names somebody who is not in the class.
    """
    if len(data) > MAX_FILE:
        raise BadInput(f"{name} has {len(data)} bytes; a roster has at most {MAX_FILE}.")
    if (kind := not_text(name, data[:512])) is not None:
        raise BadInput(f"{name} is {kind}; save the roster as CSV.")
    text = to_text(data).removeprefix("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        heads = [head.strip().casefold().replace(" ", "_") for head in next(reader, [])]
        columns = {ALSO.get(head, ALSO.get(head.replace("_", " "), head)): n for n, head in enumerate(heads)}
        if "pseudonym" not in columns or not columns.keys() & {"gradebook_id", "full_name"}:
            raise BadInput(f"The first line of {name} has to name the columns: {', '.join(COLUMNS)}.")
        of = {key_of(line.pseudonym): line for line in known}
        found = {}
        for cells in reader:
            row = {c: _plain(cells[n]) for c, n in columns.items() if c in COLUMNS and n < len(cells)}
            if not any(row.values()):
                continue
            line = of.get(key_of(row.get("pseudonym", "")))
            if line is None:
                raise BadInput(
                    f'{name} line {reader.line_num}: nobody in the class is called "{row.get("pseudonym", "")[:60]}".'
                )
            found[line.student_id] = RosterLine(
                line.student_id,
                line.pseudonym,
                row.get("gradebook_id", line.gradebook_id),
                row.get("full_name", line.full_name),
            )
    except csv.Error as error:
        raise BadInput(f"{name} line {reader.line_num} cannot be read as a table: {error}.") from None
    return list(found.values())


def _plain(text: str) -> str:
    text = text.strip()
    return text[1:] if text[:1] == "'" and cell(text[1:]) == text else text
