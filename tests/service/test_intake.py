"""Uploads are read in a process of their own; what cannot be read is refused with a sentence."""

from __future__ import annotations

import io
import json
import time
import zipfile

import openpyxl
import pytest

from tutor.service import intake
from tutor.service.intake import MAX_UPLOAD, Read, read_upload

NAMES = ["eq", "sum"]


def zipped(**files: bytes) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return found.getvalue()


def sheet(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def said(found: Read) -> list[tuple[str, str, str, str]]:
    return [(r.submission.student, r.submission.problem, r.submission.work, r.status) for r in found.rows]


ROW = ("ada", "eq", "2x = 4\nx = 2", "")
FILES = [
    ("class.csv", 'student;problem;work\nada;EQ;"2x = 4\nx = 2"\n'.encode("utf-16")),
    ("class.jsonl", json.dumps({"student": "ada", "problem": "eq", "work": ROW[2]}).encode()),
    ("class.xlsx", sheet(["Student", "Problem", "Work"], ["ada", "eq", ROW[2]])),
    ("moodle.zip", zipped(**{"ada_7_assignsubmission_file_/eq.txt": ROW[2].encode()})),
    ("C:\\class\\folders.ZIP", zipped(**{"class/ada/eq.md": ROW[2].encode()})),
]


@pytest.mark.parametrize(("name", "data"), FILES, ids=[name for name, _ in FILES])
def test_submissions_come_in_every_form_that_grade_takes(name: str, data: bytes) -> None:
    found = read_upload(name, data, NAMES)
    assert not found.trouble
    (row,) = said(found)
    assert row == ROW


def test_columns_are_guessed_shown_and_put_right() -> None:
    table = b"Kid,Task,What,Solution\nada,eq,x = 2,x = 3\n"
    found = read_upload("t.csv", table, NAMES)
    assert (found.heads, found.columns) == (("Kid", "Task", "What", "Solution"), {"Solution": "work"})
    columns = {"Kid": "student", "Task": "problem", "What": "work"}
    right = read_upload("t.csv", table, NAMES, columns)
    assert said(right) == [("ada", "eq", "x = 2", "")]
    assert right.rows[0].submission.extra == {"Solution": "x = 3"}
    none = read_upload("t.csv", b"Kid,Rest\nada,x\n", NAMES)
    assert (none.heads, none.columns) == (("Kid", "Rest"), {})
    assert none.trouble.startswith('t.csv has no column "work" (the columns are: Kid, Rest)')


XML_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)


def xlsx_with(part: str, data: bytes) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet(["work"], ["x = 2"]))) as old, zipfile.ZipFile(found, "w", 8) as new:
        for name in {*old.namelist(), part}:
            new.writestr(name, data if name == part else old.read(name))
    return found.getvalue()


BOMBS = [
    ("big.csv", b"work\n" + b"x" * MAX_UPLOAD, "at most 50,000,000 can be uploaded"),
    ("work.pdf", b"%PDF-1.4", "Submissions come as a table or an archive"),
    ("broken.zip", b"PK\x03\x04nonsense", "cannot be read as a ZIP archive"),
    ("empty.csv", b"", "is empty"),
    ("types.xlsx", xlsx_with("[Content_Types].xml", XML_BOMB + b"<Types>&j;</Types>"), ""),
    ("sheet.xlsx", xlsx_with("xl/worksheets/sheet1.xml", XML_BOMB + b"<worksheet>&j;</worksheet>"), ""),
    ("workbook.xlsx", xlsx_with("xl/workbook.xml", XML_BOMB + b"<workbook>&j;</workbook>"), ""),
    ("strings.xlsx", xlsx_with("xl/sharedStrings.xml", b"<sst>" + b" " * 600_000_000), "unpacks to"),
]


@pytest.mark.parametrize(("name", "data", "why"), BOMBS, ids=[name for name, *_ in BOMBS])
def test_what_is_too_large_or_a_bomb_is_refused(name: str, data: bytes, why: str) -> None:
    begun = time.monotonic()
    found = read_upload(name, data, NAMES)
    assert found.trouble, "it was taken"
    assert why in found.trouble
    assert not found.rows
    assert "/tmp" not in found.trouble
    assert time.monotonic() - begun < 30


def test_a_file_in_an_archive_that_unpacks_to_very_much_is_a_row_that_says_so() -> None:
    found = read_upload("bomb.zip", zipped(**{"ada/eq": b"x = 2", "bo/eq": b"0" * 100_000_000}), NAMES)
    assert [row[3] for row in said(found)] == ["", "error"]
    assert "unpacks to 100,000,000 bytes" in found.rows[1].message


def test_an_archive_that_unpacks_to_too_much_together_is_refused() -> None:
    files = {f"s{n}/eq": b"0" * 1_900_000 for n in range(54)}
    assert "letters together" in read_upload("bomb.zip", zipped(**files), NAMES).trouble


def test_a_sheet_of_a_million_blank_rows_and_one_cell_is_read_at_once() -> None:
    book = openpyxl.Workbook()
    for row in (["problem", "work"], ["eq", "x = 2"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.active["XFD1048576"] = "x"  # type: ignore[index]
    found = io.BytesIO()
    book.save(found)
    begun = time.monotonic()
    assert len(read_upload("blank.xlsx", found.getvalue(), NAMES).rows) == 1
    assert time.monotonic() - begun < 20


def test_too_many_rows_are_refused() -> None:
    found = read_upload("many.csv", b"problem,work\n" + b"eq,x\n" * (intake.MAX_ROWS + 1), NAMES)
    assert found.trouble.startswith("The file has more than 50,000 submissions")


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LONGEST_S", 0.01)
    assert read_upload("t.csv", b"work\nx", NAMES).trouble == intake.BROKE_OFF
