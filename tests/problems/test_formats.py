"""File formats: reading undoes writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.errors import AuthorError
from tutor.problems import load_problem_set
from tutor.problems.formats import FORMATS, IMPORTS, format_of

SETS = sorted((Path(__file__).parents[2] / "problem_sets").glob("*.yaml"))


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_reading_undoes_writing(path, suffix, tmp_path):
    before = load_problem_set(path)
    copy = tmp_path / (path.stem + suffix)
    copy.write_bytes(format_of(copy).write(before.draft.content))
    after = load_problem_set(copy)
    assert after.title == before.title
    assert list(after) == list(before)


def test_every_format_of_the_folder_is_registered():
    folder = Path(__file__).parents[2] / "tutor" / "problems" / "formats"
    modules = {p.stem for p in folder.glob("*.py")} - {"__init__", "table"}
    assert modules == {name.rpartition(".")[2] for name in (FORMATS | IMPORTS).values()}


TABLES = [
    # table                                                     said                             why it is here
    ("", "the table is empty", "nothing"),
    ("statement,answer\nS,1\n", "there is no column id", "no ids"),
    ("id,id,answer\na,b,1\n", "the column id stands there twice", "a column twice"),
    ("id,statement,answer\np,S,1,extra\n", "row 2: more cells than the header", "a comma without quotes"),
    ("id,statement,answer\np,S,2x+\n", 'row 2, problem "p": answer "2x+" cannot be read', "a formula, with its row"),
    ("id,statement,answer,colour\np,S,1,red\n", "there is no field colour", "an unknown column"),
    ('id,statement,answer\np,"S,1\n', "this is not a CSV table", "a quote left open"),
]


@pytest.mark.parametrize(("text", "said", "why"), TABLES, ids=[row[2] for row in TABLES])
def test_a_table_with_faults_says_where(tmp_path, text, said, why):
    path = tmp_path / "set.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AuthorError) as caught:
        load_problem_set(path)
    assert said in str(caught.value)


def test_a_table_with_semicolons_and_numbered_columns_reads(tmp_path):
    path = tmp_path / "set.csv"
    path.write_text(
        "ID;Statement;Answer;Solution 1;Solution 2;Marks\nsum;Solve x + y = 2;x = 1;2x = 2;x = 1;2\n", encoding="utf-8"
    )
    (problem,) = load_problem_set(path)
    assert problem.solution == ("2x = 2", "x = 1")
    assert problem.marks == 2


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"id,statement\n"], ids=["empty", "broken", "text"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path, data):
    path = tmp_path / "set.xlsx"
    path.write_bytes(data)
    with pytest.raises(AuthorError, match="not an Excel workbook"):
        load_problem_set(path)


@pytest.mark.parametrize("text", ["{", "[]", '{"title": "a", "title": "b"}', "[" * 100_000], ids=list("abcd"))
def test_a_file_that_is_no_json_set_is_refused(tmp_path, text):
    path = tmp_path / "set.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AuthorError):
        load_problem_set(path)


def test_formulas_of_a_spreadsheet_stay_text(tmp_path):
    from openpyxl import load_workbook

    path = tmp_path / "set.xlsx"
    content = {"problems": [{"id": "p", "statement": "=1+1", "answer": "2", "solution": ["1+1", "=2"]}]}
    path.write_bytes(format_of(path).write(content))
    cells = [cell for row in load_workbook(path).worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    (problem,) = load_problem_set(path)
    assert problem.solution == ("1+1", "=2")
