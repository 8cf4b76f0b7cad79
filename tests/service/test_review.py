"""A problem set looked through: what keeps it from students, what is said of it, and what a hostile file costs."""

from __future__ import annotations

import io
import zipfile

import pytest

from tutor.service.review import Review, Severity, field_in_words, from_json, review, to_json
from tutor.service.reviewer import Reviewer

HEAD = "title: Mixed\nproblems:\n  - id: p\n    statement: Solve 2x + 3 = 7.\n    answer: x = 2\n"


def found(text: str, name: str = "set.yaml") -> Review:
    *_, last = review(name, text.encode())
    return last


CASES = [
    # the problem goes on, severity, problem, field, what is said, why it is here
    ("    solution: |\n      2x = 5\n", Severity.ERROR, "p", "solution line 1", "is wrong", "a refuted line"),
    ("    solution: |\n      2x = 4\n      x = 3\n", Severity.ERROR, "p", "solution", "not the answer", "another end"),
    ("    unit: frobs\n", Severity.WARNING, "p", "unit", '"frobs"', "no unit"),
    ("    anwser: 3\n", Severity.ERROR, "p", "anwser", "did you mean answer?", "a field misspelt"),
    ("    marks: x\n", Severity.ERROR, "p", "marks", "should be a number", "no number"),
    ("", Severity.NOTE, "", "", "Without a worked solution", "nothing to verify"),
]


@pytest.mark.parametrize(("rest", "severity", "problem", "field", "said", "why"), CASES, ids=[row[-1] for row in CASES])
def test_what_is_found_names_problem_and_field(rest, severity, problem, field, said, why):
    last = found(HEAD + rest)
    hits = [f for f in last.findings if said in f.message]
    assert [(f.severity, f.problem_id, f.field) for f in hits] == [(severity, problem, field)]
    assert last.publishable is (severity is not Severity.ERROR)


def test_one_broken_problem_does_not_hide_the_others():
    last = found(
        HEAD + "    solution: |\n      2x = 4\n      x = 2\n  - id: q\n    statement: Solve 3x = 6\n    answer: 2x+\n"
    )
    assert (last.problems, last.verified, last.solutions) == (2, 1, 1)
    assert [f.problem_id for f in last.of(Severity.ERROR)] == ["q"]
    assert not last.publishable


def test_a_problem_without_id_still_has_a_place_in_the_draft():
    last = found("problems:\n  - statement: S\n  - id: a\n  - id: a\n")
    assert last.problem_ids == ("problem 1", "a", "problem 3")


def test_a_message_reads_back_as_it_was_sent():
    last = found(HEAD + "    solution: |\n      2x = 5\n")
    assert from_json(to_json(last)) == last


PLACES = [(("answer", 0), "answer"), (("parts", 0, "solution", 2), "part 1, solution line 3"), ((), "")]


@pytest.mark.parametrize(("place", "words"), PLACES)
def test_a_field_is_named_as_a_teacher_would(place, words):
    assert field_in_words(place) == words


@pytest.fixture(scope="module")
def reviewer():
    return Reviewer()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    return stream.getvalue()


HOSTILE = [
    # name              bytes                      said                        why it is here
    ("big.yaml", b"x" * 5_000_001, "at most 5,000,000", "too large"),
    ("bomb.xlsx", bomb(), "unpacks to", "a bomb of zeros"),
    ("set.exe", b"MZ", "its name should end in", "a kind we do not read"),
    ("../../etc/set.yaml", b"problems: 3", "a list `problems`", "a path for a name"),
    ("set.yaml", b"a: &a [*a]", "line 1", "a list that holds itself"),
    ("", b"", "its name should end in", "no name at all"),
]


@pytest.mark.parametrize(("name", "data", "said", "why"), HOSTILE, ids=[row[-1] for row in HOSTILE])
def test_a_hostile_file_is_refused_in_a_process_of_its_own(reviewer, name, data, said, why):
    last = reviewer.look_through(name, data).wait(60)
    assert last.done
    assert not last.publishable
    assert any(said in finding.message for finding in last.findings)
    assert "/" not in last.name


def test_what_takes_too_long_is_given_up():
    last = Reviewer(longest_s=0.01).look_through("set.yaml", HEAD.encode()).wait(60)
    assert "more than 0.01 seconds" in last.findings[-1].message


def test_the_same_file_is_looked_through_once(reviewer):
    first = reviewer.look_through("set.yaml", HEAD.encode())
    assert reviewer.look_through("set.yaml", HEAD.encode()) is first
    assert first.wait(60).publishable
