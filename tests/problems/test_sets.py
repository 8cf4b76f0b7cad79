"""What is said of a problem set that has faults, and what is made of one that has none."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tutor.errors import AuthorError
from tutor.problems import InvalidSet, load_problem_set, problem_from_object
from tutor.syntax.read import read

GOOD = """\
title: Brackets
level: year 8
angle_unit: degree
problems:
  - id: expand-1
    title: Expanding
    statement: Expand 2(x + 3).
    answer: [2x + 6, 6 + 2x]
    marks: 3/2
    form: expanded
    solution: |
      2(x + 3)
      = 2x + 6
  - id: solve-1
    statement: Solve 2x + 3 = 7.
    answer: 0.50
    tolerance: 0.01
    level: year 9
    strict_remarks: [rounded, unit_missing]
    solution:
      - 2x = 4
      - x = 2
  - id: both
    statement: A rectangle is 3 m by 4 m.
    parts:
      - {id: a, statement: Find its area., answer: 12, unit: m^2, marks: 2}
      - {id: b, statement: Find its perimeter., answer: 14, unit: m}
"""


def saved(folder: Path, text: str, name: str = "brackets.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_set_gives_its_problems_by_id_in_order(tmp_path):
    loaded = load_problem_set(saved(tmp_path, GOOD))
    assert loaded.name == "brackets"
    assert loaded.title == "Brackets"
    assert list(loaded.problems) == ["expand-1", "solve-1", "both"]
    assert len(loaded) == 3
    assert len(loaded.sha256) == 64


def test_fields_become_what_the_verifier_needs(tmp_path):
    loaded = load_problem_set(saved(tmp_path, GOOD))
    first, second, third = loaded
    assert first.marks == Fraction(3, 2)
    assert first.answer is not None
    assert first.answer.forms == (read("2x + 6"), read("6 + 2x"))
    assert first.answer.form == "expanded"
    assert first.solution == ("2(x + 3)", "= 2x + 6")
    assert (first.level, second.level) == ("year 8", "year 9")
    assert first.angle_unit == "degree"
    assert second.answer is not None
    assert second.answer.text == "0.50"
    assert second.answer.tolerance == Fraction(1, 100)
    assert second.strict_remarks == frozenset({"rounded", "unit_missing"})
    assert second.equations == (read("2x + 3 = 7"),)
    assert second.unknowns == ("x",)
    assert third.marks == 3
    assert [part.id for part in third.parts] == ["a", "b"]
    assert third.answer is None


def test_a_problem_that_is_not_there_is_named_with_its_neighbours(tmp_path):
    loaded = load_problem_set(saved(tmp_path, GOOD))
    with pytest.raises(AuthorError, match=r"has no problem 'expand'; there are: expand-1"):
        loaded["expand"]


HEAD = "title: T\nproblems:\n"

FAULTS = [
    # file                                            line  what is said                              why it is here
    (
        "  - id: p\n    statement: Expand.\n    answer: 2x+\n",
        5,
        'problem "p": answer "2x+" cannot be read: ',
        "an answer that is cut off",
    ),
    (
        "  - id: p\n    statement: S\n    answer: 1\n    solution: |\n      2x = 4\n\n      2x + = 3\n",
        9,
        'problem "p": solution line 3, "2x + = 3", cannot be read: ',
        "blank lines of a block count",
    ),
    (
        "  - id: p\n    statement: S\n    answer: 1\n    solution:\n      - 2x = 4\n      - x = (\n",
        8,
        'problem "p": solution line 2, "x = (", cannot be read: ',
        "a list of lines",
    ),
    ("  - id: p\n    statment: S\n    answer: 1\n", 4, "no field statment; did you mean statement?", "misspelt field"),
    (
        "  - id: p\n    statement: S\n    answer: 1\n    colour: red\n",
        6,
        "no field colour; the fields are: ",
        "unknown",
    ),
    ("  - id: p\n    answer: 1\n", 3, "the field statement is missing", "missing field"),
    ("  - statement: S\n    answer: 1\n", 3, "the field id is missing", "no id"),
    ("  - id: p\n    statement: S\n", 3, "has no answer", "nothing to compare with"),
    ("  - id: p\n    statement: S\n    answer: 1\n    marks: two\n", 6, "marks should be a number", "marks in words"),
    (
        "  - id: p\n    statement: S\n    answer: 1\n    marks: -1\n",
        6,
        "marks should not be negative",
        "negative marks",
    ),
    ("  - id: p\n    statement: S\n    answer: 1\n    marks: 1/0\n", 6, "marks should be a number", "no number at all"),
    ("  - id: p\n    statement: S\n    answer: 1\n    figures: 0\n", 6, "figures should be ", "figures start at one"),
    (
        "  - id: p\n    statement: S\n    answer: 1\n    form: pretty\n",
        6,
        "form should be one of: 'any', 'fac",
        "forms",
    ),
    (
        "  - id: p\n    statement: S\n    answer: 1\n    locale: german\n",
        6,
        "locale should be like en or de-CH",
        "locale",
    ),
    (
        "  - id: p\n    statement: S\n    answer: 1\n    strict_remarks: roundd\n",
        6,
        "strict_remarks 1 should be one of: 'rounded'",
        "an unknown remark",
    ),
    ("  - id: p\n    statement: S\n    answer: {2, 3}\n", 5, "put it in quotes, like '{2, 3}'", "a set without quotes"),
    (
        "  - id: p\n    statement: S\n    answer: 1\n    solution:\n      - check: 2 + 2 = 4\n",
        7,
        "solution 1 holds a colon",
        "a colon makes a YAML field",
    ),
    (
        "  - id: p\n    statement: S\n    answer: 1\n    form: exact\n    figures: 2\n",
        6,
        "an exact answer has no tolerance and no figures",
        "asks for opposite things",
    ),
    (
        "  - id: p\n    statement: S\n    answer: 1\n    parts:\n      - {id: a, answer: 2}\n",
        5,
        "the answers of a problem with parts stand in its parts",
        "two places for one answer",
    ),
    (
        "  - id: p\n    statement: S\n    marks: 5\n    parts: [{id: a, answer: 2}, {id: b, answer: 2}]\n",
        5,
        "marks 5, but its parts have 2 together",
        "sums that do not agree",
    ),
    (
        "  - id: p\n    statement: S\n    parts:\n      - {id: a, answer: 2}\n      - {id: a, answer: 2}\n",
        7,
        "there are two parts (a)",
        "the same letter twice",
    ),
    ("  - id: p\n    statement: S\n    parts:\n      - id: a\n", 6, "part (a) has no answer", "part without answer"),
    (
        "  - id: p\n    statement: S\n    answer: 1\n  - id: p\n    statement: S\n    answer: 1\n",
        6,
        "there is another problem with this id (line 3)",
        "the same id twice",
    ),
    ("  - id: p/q\n    statement: S\n    answer: 1\n", 3, "id should begin with a letter", "would break a path"),
    ("  - just words\n", 3, "a problem is a group of fields", "not a problem at all"),
    ("  - id: p\n    statement: S\n    answer: [1, 3)\n", 5, "goes in quotes", "an interval without quotes"),
    ("  - id: p\n    statement: S\n    statement: T\n    answer: 1\n", 5, "stands here twice", "a field twice"),
    ("  - id: p\n    statement: S\n    answer: *x\n", 5, "goes in quotes", "an alias that names nothing"),
    ("  - id: p\n\tstatement: S\n", 4, "", "a tab"),
]


@pytest.mark.parametrize(("text", "line", "said", "why"), FAULTS, ids=[row[3] for row in FAULTS])
def test_a_fault_names_file_line_and_field(tmp_path, text, line, said, why):
    path = saved(tmp_path, HEAD + text)
    with pytest.raises(InvalidSet) as caught:
        load_problem_set(path)
    assert any(m.startswith(f"{path} line {line}") and said in m for m in caught.value.messages), caught.value


def test_all_faults_are_named_at_once_in_the_order_of_the_file(tmp_path):
    path = saved(
        tmp_path, HEAD + "  - id: a\n    statement: S\n  - id: b\n    statement: S\n    answer: (\n    mark: 2\n"
    )
    with pytest.raises(InvalidSet) as caught:
        load_problem_set(path)
    lines = [int(m.split(" line ")[1].split(",")[0]) for m in caught.value.messages]
    assert lines == sorted(lines)
    assert {3, 8} <= set(lines)


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 8)}]\n" for a, b in ("ab", "bc", "cd", "de", "ef", "fg", "gh", "hi")
)

HOSTILE = [
    (LAUGHS, "a billion laughs"),
    ("[" * 5000, "deep nesting"),
    ("a: &a [*a]\n", "a list that holds itself"),
    ("a: 1\n---\nb: 2\n", "two documents"),
    ("<<: {a: 1}\n", "a merge key"),
    ("- 1\n- 2\n", "a list at the top"),
    ("", "an empty file"),
    ("a: !!python/object/apply:os.system ['true']\n", "a tag that would run something"),
    ("title: T\nproblems: []\n", "no problem at all"),
    ("problems: 7\n", "a number for the list"),
]


@pytest.mark.parametrize(("text", "why"), HOSTILE, ids=[row[1] for row in HOSTILE])
def test_hostile_files_are_refused_with_a_message(tmp_path, text, why):
    with pytest.raises(AuthorError):
        load_problem_set(saved(tmp_path, text))


def test_bytes_that_are_not_text_are_named_with_their_line(tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"title: ok\nlevel: caf\xe9\n")
    with pytest.raises(AuthorError, match="line 2: this is not UTF-8"):
        load_problem_set(path)


def test_a_missing_file_and_an_unknown_kind_are_said_plainly(tmp_path):
    with pytest.raises(AuthorError, match="there is no such file"):
        load_problem_set(tmp_path / "none.yaml")
    with pytest.raises(AuthorError, match=r"should end in one of \.yaml"):
        load_problem_set(saved(tmp_path, "x", "set.docx"))


def test_yaml_text_stays_what_was_written(tmp_path):
    text = HEAD + "  - id: 1.10\n    statement: no\n    answer: 0.50\n    title: 1:30\n"
    (problem,) = load_problem_set(saved(tmp_path, text))
    assert (problem.id, problem.statement, problem.title) == ("1.10", "no", "1:30")
    assert problem.answer is not None
    assert problem.answer.text == "0.50"


def test_an_object_poses_a_problem():
    problem = problem_from_object({"statement": "Solve 2x + 3 = 7", "answer": 2, "marks": 3})
    assert problem.equations == (read("2x + 3 = 7"),)
    assert problem.answer is not None
    assert problem.answer.forms == (read("2"),)
    assert problem.marks == 3


def test_an_object_needs_neither_id_nor_answer():
    assert problem_from_object({"statement": "Solve x^2 = 4"}).answer is None


def test_a_misspelt_field_of_an_object_is_named():
    with pytest.raises(InvalidSet, match=r"the problem: there is no field anwser; did you mean answer\?"):
        problem_from_object({"statement": "Solve x = 4", "anwser": 4})


def test_an_author_may_say_that_the_statement_is_not_to_be_solved():
    assert (
        problem_from_object({"statement": "Find the tangent to y = x^2 at x = 2", "equations": "none"}).equations == ()
    )


def test_a_decimal_comma_is_read_where_the_locale_writes_one():
    problem = problem_from_object({"statement": "Wie viel ist 1/2?", "answer": "0,5", "locale": "de"})
    assert problem.answer is not None
    assert problem.answer.forms == (read("0.5"),) or str(problem.answer.forms[0].value) == "1/2"
