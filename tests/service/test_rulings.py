from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tutor.pipeline import grade_submission
from tutor.problems import problem_from_object
from tutor.records import Problem, Submission
from tutor.report.machine import from_json, to_json
from tutor.service.rulings import Ruling, by_line, mark_json, outdated, settled
from tutor.syntax.same import same_line

PROBLEM = problem_from_object({"statement": "Solve 2(x + 3) = 8", "answer": "x = 1", "marks": 3})
BY_SCHEME = problem_from_object(
    {
        "statement": "Solve 2(x + 3) = 8",
        "answer": "x = 1",
        "marks": 2,
        "scheme": ["M1: 2x + 6 = 8", "A1: x = 1"],
    }
)


def report(work: str, problem: Problem = PROBLEM) -> dict[str, Any]:
    return to_json(grade_submission(Submission("", "", "", work), problem))


def ruled_on(found: dict[str, Any], *rulings: Ruling, problem: Problem = PROBLEM) -> dict[str, Any]:
    says = {same_line(ruling.text): ruling.right for ruling in rulings}
    return settled(found, by_line(rulings), mark_json(from_json(found), problem, says))


def test_without_rulings_on_its_lines_a_report_stays_as_it_is() -> None:
    found = report("2x + 3 = 8\nx = 5/2")
    assert ruled_on(found) == found
    assert ruled_on(found, Ruling("y = 7", True)) == found


def test_a_line_ruled_right_is_no_longer_the_first_wrong_one_and_costs_nothing() -> None:
    found = report("2x + 3 = 8\n2x = 2\nx = 1")
    assert found["first_wrong"] == 0
    ruled = ruled_on(found, Ruling("2x+3 = 8", True, "You may.", "Ms Lovelace"))
    assert ruled["first_wrong"] is None
    assert ruled["steps"][0]["ruling"] == {"right": True, "comment": "You may.", "by": "Ms Lovelace"}
    assert ruled["steps"][0]["verdict"] == "wrong", "the evidence stays beside it"
    assert (found["mark"]["earned"], ruled["mark"]["earned"]) == ("2", "3")
    assert ruled["mark"]["automatic"]["earned"] == "2"


def test_a_line_ruled_wrong_becomes_the_first_wrong_one_and_costs_a_mark() -> None:
    found = report("2x + 6 = 8\n2x = 2\nx = 1")
    ruled = ruled_on(found, Ruling("2x = 2", False))
    assert ruled["first_wrong"] == 1
    assert (found["mark"]["earned"], ruled["mark"]["earned"]) == ("3", "2")
    assert ruled["mark"]["lost"] == [{"line": 1, "marks": "1", "why": "a wrong line"}]


def test_a_final_answer_ruled_right_earns_its_marks() -> None:
    found = report("2x + 6 = 8\n2x = 3\nx = 3/2")
    assert found["answer"]["correct"] is False
    ruled = ruled_on(found, Ruling("2x = 3", True), Ruling("x = 3/2", True))
    assert ruled["answer"]["correct"] is True
    assert ruled["mark"]["earned"] == "3"


def test_marks_by_a_scheme_follow_too() -> None:
    found = report("2x + 3 = 8\n2x = 2\nx = 1", BY_SCHEME)
    assert Fraction(found["mark"]["earned"]) < 2
    ruled = ruled_on(found, Ruling("2x + 3 = 8", True), problem=BY_SCHEME)
    assert ruled["mark"]["earned"] == "2"
    assert ruled["mark"]["points"]


@pytest.mark.parametrize(("right", "mark"), [(True, "3"), (False, "0")])
def test_marks_that_waited_for_the_answer_are_given_or_lost(right: bool, mark: str) -> None:
    found = report("x = 1") | {"answer": {"text": "x = 1", "correct": None, "line": 0}}
    found["mark"] = {"earned": "0", "pending": "3", "available": "3", "lost": []}
    ruled = ruled_on(found, Ruling("x=1", right))
    assert (ruled["mark"]["earned"], ruled["mark"]["pending"], ruled["answer"]["correct"]) == (mark, "0", right)


def test_of_two_rulings_on_a_line_the_later_one_counts() -> None:
    found = report("2x + 3 = 8")
    assert settled(found, by_line([Ruling("2x + 3 = 8", True), Ruling("2x+3=8", False)]))["first_wrong"] == 0


SAME = [
    # ruled          written       same    why it is here
    ("2x + 3 = 8", " 2x+3  = 8", True, "blanks that mean nothing"),
    ("x2 = 4", "x² = 4", False, "an index is no power"),
    ("x = 1 2", "x = 12", False, "two numbers are not one"),
    ("y = 2 1/2", "y = 21/2", False, "a mixed number is no fraction"),
]


@pytest.mark.parametrize(("line", "written", "same", "why"), SAME, ids=[row[3] for row in SAME])
def test_a_ruling_holds_for_the_same_line_alone(line: str, written: str, same: bool, why: str) -> None:
    found = {"steps": [{"line": 0, "text": written, "verdict": "undecided"}], "first_wrong": None, "answer": None}
    assert ("ruling" in settled(found, by_line([Ruling(line, True)]))["steps"][0]) is same


def test_a_report_is_outdated_where_another_word_stands_on_its_lines_now() -> None:
    found = report("2x + 3 = 8\n2x = 2\nx = 1")
    right, wrong = Ruling("2x + 3 = 8", True), Ruling("2x + 3 = 8", False)
    ruled = ruled_on(found, right)
    assert not outdated(found, [])
    assert not outdated(found, [Ruling("y = 7", True)])
    assert not outdated(ruled, [right])
    assert outdated(found, [right])
    assert outdated(ruled, [wrong])
    assert outdated(ruled, []), "it was taken back"
