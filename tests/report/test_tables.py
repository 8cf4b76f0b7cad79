import csv
import json

import pytest

from tutor.errors import AuthorError
from tutor.report.summary import ClassSummary, losses_in_words
from tutor.report.tables import gradescope, write_errors, write_marks, write_parquet, write_review

RIGHT = {"kind": "identity", "method": "", "except_where": [], "relation": "equivalent"}
WRONG = {
    "kind": "false_equality",
    "left_text": "1+1",
    "right_text": "3",
    "left": "2",
    "right": "3",
    "sign": "=",
    "relation": "different",
}
UNREAD = {"kind": "cannot_read", "start": 2, "end": 2, "expected": "Something is missing after this sign."}


def step(line, text, verdict, evidence):
    return {
        "line": line, "text": text, "reading": [text], "read_by": "grammar", "verdict": verdict, "relation": None,
        "evidence": evidence, "remarks": [], "misconception": None, "model_opinion": None, "hints": [],
    }  # fmt: skip


def report(
    row, student, problem, *, earned="1", pending="0", available="2", steps=(), status="graded", first=None, **more
):
    return {
        "id": row, "student": student, "problem": problem, "steps": list(steps), "first_wrong": first, "answer": None,
        "mark": {"earned": earned, "pending": pending, "available": available}, "status": status, "version": "1",
    } | more  # fmt: skip


STEPS = [step(0, "1+1 = 2", "correct", RIGHT), step(1, "1+1 = 3", "wrong", WRONG), step(2, "x+", "unreadable", UNREAD)]
CLASS = [
    report("1", "=cmd()", "p", earned="5/2", steps=STEPS, first=1),
    report("2", "bo", "p", earned="1/3", pending="2", steps=STEPS, first=1),
    report("3", "bo", "q", earned="0", available="0", status="error", message="There is no problem.", where="line 4"),
    report("4", "bo", "p2", earned="0", pending="2", status="unreadable", message="work.pdf is a PDF."),
]


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_marks_are_students_by_problems(tmp_path):
    write_marks(tmp_path / "m.csv", ClassSummary.of(CLASS, ["p", "p2", "p3"]))
    first, second = table(tmp_path / "m.csv")
    assert (first["student"], first["p"], first["p3"], first["total"]) == ("'=cmd()", "2.5", "", "2.5")
    assert (second["p"], second["p2"], second["pending"], second["unmarked"]) == ("0.3333", "", "4", "p2")


def test_rows_that_were_not_marked_are_listed_with_why(tmp_path):
    write_errors(tmp_path / "e.csv", ClassSummary.of(CLASS))
    rows = table(tmp_path / "e.csv")
    assert [(r["id"], r["status"], r["where"]) for r in rows] == [("3", "error", "line 4"), ("4", "unreadable", "")]
    assert rows[1]["message"] == "work.pdf is a PDF."


def test_lines_for_a_person_are_listed(tmp_path):
    write_review(tmp_path / "r.csv", ClassSummary.of(CLASS))
    rows = table(tmp_path / "r.csv")
    assert [(r["id"], r["line"], r["verdict"]) for r in rows][:2] == [
        ("1", "3", "unreadable"),
        ("2", "3", "unreadable"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " ="])
def test_no_cell_runs_as_a_formula(tmp_path, start):
    rows = [report("1", f"{start}1+1", "p", steps=[step(0, f"{start}HYPERLINK(x)", "unreadable", UNREAD)])]
    write_review(tmp_path / "r.csv", ClassSummary.of(rows))
    (row,) = table(tmp_path / "r.csv")
    assert row["student"].startswith("'")
    assert row["text"].startswith("'")


def test_handed_in_again_counts_and_a_copy_that_could_not_be_read_does_not():
    rows = [
        report("1", "bo", "p", earned="1"),
        report("2", "bo", "p", earned="2"),
        report("3", "bo", "p", earned="0", status="unreadable"),
    ]
    assert ClassSummary.of(rows).marks["bo"]["p"].row == "2"


def test_the_same_wrong_line_of_two_students_is_one_common_error():
    (first,) = ClassSummary.of(CLASS).commonest()
    assert (first.students, first.reason) == (["=cmd()", "bo"], "1+1 is 2, not 3.")


def test_gradescope_has_a_test_a_line():
    found = gradescope(CLASS[1:2])
    assert [t.get("status") for t in found["tests"]] == ["passed", "failed", None]
    assert found["score"] == pytest.approx(1 / 3)
    assert "1+1 is 2, not 3." in found["tests"][1]["output"]
    with pytest.raises(AuthorError, match="one student"):
        gradescope(CLASS)


def test_parquet_holds_marks_and_the_whole_report(tmp_path):
    import pyarrow.parquet

    write_parquet(tmp_path / "a.parquet", CLASS)
    rows = pyarrow.parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [r["wrong"] for r in rows] == [1, 1, 0, 0]
    assert json.loads(rows[0]["report"]) == CLASS[0]


def test_a_lost_mark_is_told_with_its_line_and_its_cause() -> None:
    report = {
        "mark": {"lost": [{"line": 1, "marks": "1", "why": "a wrong line"}]},
        "steps": [
            {
                "line": 1,
                "text": "7x = 15",
                "verdict": "wrong",
                "evidence": {"kind": "solutions_lost", "lost": ["x = 5"], "before": "", "after": ""},
                "remarks": [],
                "misconception": "unknown_term_sign_kept",
            }
        ],
    }
    assert losses_in_words(report) == [
        "line 2, 7x = 15: −1 mark: Moves a term with the unknown across '=' without changing its sign. "
        "x = 5 solves the line before and is lost here."
    ]
