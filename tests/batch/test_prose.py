"""A class's lines in words, asked of a model in one go: each once, the shortest first, nothing twice."""

import pytest

from tutor.batch.prose import lines_left, read_class, read_or_say_why
from tutor.batch.rows import Row
from tutor.errors import ModelError
from tutor.records import Problem, Submission
from tutor.slm.jobs import LineReply, LineRequest, Origin, Reading

PROBLEMS = {"p": Problem(id="p", statement="How many apples are left?")}


def row(work, problem="p", status=""):
    return Row(Submission("1", "Ada", problem, work), "row 1", status)


class Counts:
    """A model that reads nothing and remembers what it was asked; `least`: it breaks down after so many."""

    name = "counts"
    model = "counts 1"

    def __init__(self, least=10**9):
        self.asked = []
        self.least = least

    def read_lines(self, asked):
        if len(self.asked) + len(asked) > self.least:
            raise ModelError("the server went away")
        self.asked += asked
        origin = Origin("counts", self.model, "v1", 3)
        return [LineReply((Reading(("2*3 = 6",), 0.9, spans=((0, 4),)),), origin=origin) for _ in asked]


def test_only_what_the_grammar_leaves_is_asked_and_the_same_line_once():
    rows = [row("2*3 = 6\nshe had twice the six apples"), row("2*3 = 6\nshe had twice the six apples")]
    rows += [row("he took two of them", problem="unknown"), row("he took two", status="error")]
    assert [a.text for a in lines_left(rows, PROBLEMS)] == ["she had twice the six apples"]


def test_the_shortest_lines_come_first(tmp_path):
    model = Counts()
    asked = [LineRequest("he doubled all of the 4 apples"), LineRequest("double 4")]
    read_class(asked, model, tmp_path / "replies.jsonl")
    assert [a.text for a in model.asked] == ["double 4", "he doubled all of the 4 apples"]


def test_what_was_asked_before_is_not_asked_again(tmp_path):
    kept = tmp_path / "replies.jsonl"
    first = read_class([LineRequest("double 4")], Counts(), kept)
    again = Counts()
    second = read_class([LineRequest("double 4"), LineRequest("halve 4", ("x",), "8")], again, kept)
    assert [a.text for a in again.asked] == ["halve 4"]
    asked = [LineRequest("double 4")]
    assert second.read_lines(asked) == first.read_lines(asked)
    assert second.read_lines(asked)[0].origin == Origin("counts", "counts 1", "v1", 3)


def test_another_model_is_asked_anew(tmp_path):
    kept = tmp_path / "replies.jsonl"
    read_class([LineRequest("double 4")], Counts(), kept)
    other = Counts()
    other.model = "counts 2"
    read_class([LineRequest("double 4")], other, kept)
    assert len(other.asked) == 1


@pytest.mark.parametrize("broken", ['{"asked": {"text"', "[]", '{"asked": {}, "reply": {}}', "\x00"])
def test_a_line_that_was_broken_off_is_passed_over(tmp_path, broken):
    kept = tmp_path / "replies.jsonl"
    kept.write_text(broken + "\n")
    model = Counts()
    read_class([LineRequest("double 4")], model, kept)
    assert len(model.asked) == 1


def test_a_model_that_breaks_down_leaves_what_it_said(tmp_path):
    kept = tmp_path / "replies.jsonl"
    asked = [LineRequest(f"double {n}") for n in range(100)]
    recall, fault = read_or_say_why(asked, Counts(least=64), kept, lambda _done, _all: None)
    assert fault == "the server went away"
    assert sum(bool(r.readings) for r in recall.read_lines(asked)) == 64
    assert all(not r.origin.model for r in recall.read_lines(asked) if not r.readings)


def test_a_line_that_a_server_was_down_for_is_asked_again(tmp_path):
    class Down(Counts):
        def read_lines(self, asked):
            return [LineReply((), Origin("counts", self.model), "could not be reached", passing=True) for _ in asked]

    kept = tmp_path / "replies.jsonl"
    asked = [LineRequest("double 4")]
    assert read_class(asked, Down(), kept).read_lines(asked)[0].fault == "could not be reached"
    up = Counts()
    assert read_class(asked, up, kept).read_lines(asked)[0].readings
    assert up.asked == asked
