"""Marks that a person gave: both are shown, the reason is kept, and nothing is lost when a class is marked anew."""

import csv
import json
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from tutor.batch.overrides import Overrides, read_overrides
from tutor.cli.app import app
from tutor.errors import AuthorError

SET = """title: Two
problems:
  - {id: one, statement: "Solve 2x = 6.", answer: x = 3, marks: 2}
  - {id: two, statement: "Solve 3x + 4 = 19.", answer: x = 5, scheme: ["M1: 3x = 15", "A1: x = 5"]}
"""
CLASS = 'id,student,problem,work\n1,ada,one,x = 3\n2,ada,two,"3x = 15\nx = 45"\n3,bob,two,x = 4\n'
TABLES = [
    # table, what it says of row 2, why it is here
    ("id,mark,why\n2,2,copied wrongly\n", "2", "as the README has it"),
    ("ID;Mark;Reason;Teacher\n2;1,5;half;K\n", "3/2", "semicolons, a decimal comma, other headings"),
    ("student,problem,mark\nada,two,1/2\n", "1/2", "by student and problem"),
    ("id,mark,why\n2,,nothing to say\n", None, "a mark left empty leaves the program's"),
    ("id,mark\n2,1\n2,2\n", "2", "the last row counts"),
]
FAULTS = [
    ("id,why\n2,copied\n", 'no column "mark"'),
    ("mark,why\n2,copied\n", "whose marks"),
    ("id,mark\n2,lots\n", 'line 2: mark "lots" is no number'),
    ("id,mark\n2,-1\n", 'line 2: mark "-1" is no number'),
    ("id,mark\n,1\n", "line 2: the row names no submission"),
]
ROW_2 = {"id": "2", "student": "ada", "problem": "two", "mark": {"earned": "1", "pending": "0", "available": "2"}}


@pytest.mark.parametrize(("table", "earned", "why"), TABLES, ids=[t[-1] for t in TABLES])
def test_a_table_of_marks(tmp_path, table, earned, why):
    path = tmp_path / "by_hand.csv"
    path.write_text(table, encoding="utf-8")
    overrides = Overrides()
    overrides.add(read_overrides(path))
    found = overrides.of(ROW_2)
    assert (found and found.earned) == (None if earned is None else Fraction(earned)), why


@pytest.mark.parametrize(("table", "said"), FAULTS, ids=[f[-1] for f in FAULTS])
def test_what_is_wrong_with_a_table_is_said_with_its_line(tmp_path, table, said):
    path = tmp_path / "by_hand.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(AuthorError, match=said):
        list(read_overrides(path))


def graded(tmp_path, *options: str):
    (tmp_path / "set.yaml").write_text(SET, encoding="utf-8")
    (tmp_path / "class.csv").write_text(CLASS, encoding="utf-8")
    out = tmp_path / "out"
    asked = ["grade", str(tmp_path / "set.yaml"), str(tmp_path / "class.csv"), "-o", f"{out}/", "--jobs", "1", *options]
    result = CliRunner().invoke(app, asked)
    with (out / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    return result, rows, out


def test_a_mark_given_by_hand_stands_beside_the_program_s_and_outlives_the_next_run(tmp_path):
    table = tmp_path / "by_hand.csv"
    table.write_text("id,mark,why\n2,2,=copied wrongly\n9,1,who\n", encoding="utf-8")
    result, rows, out = graded(tmp_path, "--overrides", str(table))
    assert result.exit_code == 0, result.output
    assert 'there is no submission "9"' in result.output
    assert "2 of 2 marks by hand, where the program gives 1: =copied wrongly" in " ".join(result.output.split())
    for _ in range(2):
        assert (rows["ada"]["two"], rows["ada"]["total"]) == ("2", "4")
        assert rows["ada"]["by_hand"] == "two, 2 where the program gives 1: =copied wrongly"
        assert "two, line 2: −1 mark: A1: x = 5 is not reached" in rows["ada"]["lost"]
        assert "where the program gives 1" in (out / "report.html").read_text(encoding="utf-8")
        stored = [json.loads(line) for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines()]
        assert stored[1]["mark"]["earned"] == "1"
        assert [p["label"] for p in stored[1]["mark"]["points"]] == ["M1", "A1"]
        result, rows, out = graded(tmp_path, "--fresh")  # without the table
    again = CliRunner().invoke(app, ["marks", str(out / "results.jsonl"), "-o", str(out / "marks.csv")])
    assert again.exit_code == 0
    assert ",2,4," in (out / "marks.csv").read_text(encoding="utf-8-sig")


def test_more_than_there_is_to_earn_is_refused(tmp_path):
    table = tmp_path / "by_hand.csv"
    table.write_text("id,mark\n2,3\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "marks.csv").write_text("student\n", encoding="utf-8")
    result, _, _ = graded(tmp_path, "--overrides", str(table))
    assert isinstance(result.exception, AuthorError)
    assert "3 marks, where there are 2" in str(result.exception)
