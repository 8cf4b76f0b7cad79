"""A model's opinions on a class: asked in one go after the marking, put beside the verdicts; nothing asked twice."""

import json

import pytest

from tutor.batch.opinions import add_opinions
from tutor.batch.rows import Row
from tutor.batch.run import Run, Settings
from tutor.batch.store import read_results
from tutor.errors import ModelError
from tutor.pipeline import grade_submission
from tutor.problems import problem_from_object
from tutor.records import Submission
from tutor.report.machine import from_json, to_json
from tutor.slm.jobs import HintReply, Opinion, Origin, StepRequest

PROBLEMS = {"p": problem_from_object({"id": "p", "statement": "Solve 2x + 3 = 7", "answer": "x = 2"})}
WORKS = ["2x = 4\nx = 2", "2x = 10\nx = 5", "2x = 4\nx = 2"]


class Thinks:
    """A model that thinks the same of everything; it breaks down after so many steps."""

    name = "thinks"
    model = "thinks 1"

    def __init__(self, most=10**9, passing=False):
        self.asked = []
        self.most = most
        self.passing = passing

    def reason(self, asked):
        if len(self.asked) + len(asked) > self.most:
            raise ModelError("the server went away")
        self.asked += asked
        origin = Origin("thinks", self.model, "v1", 3)
        if self.passing:
            return [Opinion(origin=origin, fault="could not be reached", passing=True) for _ in asked]
        return [Opinion("divide", True, "Both sides are halved.", origin=origin, probability=0.5) for _ in asked]

    def word_hints(self, asked):
        return [HintReply("", Origin("thinks", self.model)) for _ in asked]


def marked(folder, works=WORKS):
    run = Run(PROBLEMS, folder / "results.jsonl", Settings(), to_json, grade_submission, {}, program="this")
    progress = run.go([Row(Submission(str(i), f"s{i}", "p", work)) for i, work in enumerate(works)])
    return run.results, progress


def opinions(results):
    return [[s["model_opinion"] and s["model_opinion"]["agrees"] for s in r["steps"]] for _, r in read_results(results)]


def test_every_line_gets_an_opinion_and_the_same_step_is_asked_once(tmp_path):
    results, _ = marked(tmp_path)
    model = Thinks()
    assert add_opinions(results, PROBLEMS, model, "every", tmp_path / "replies.jsonl") == ""
    assert opinions(results) == [[True, True], [False, True], [True, True]]
    assert sorted((a.before, a.line) for a in model.asked) == [
        ("", "2x = 10"), ("", "2x = 4"), ("2x = 10", "x = 5"), ("2x = 4", "x = 2"),
    ]  # fmt: skip
    assert {a.problem for a in model.asked} == {"Solve 2x + 3 = 7"}


def test_a_stored_opinion_is_that_of_one_piece_of_work(tmp_path):
    results, _ = marked(tmp_path)
    add_opinions(results, PROBLEMS, Thinks(), "every", tmp_path / "replies.jsonl")
    stored = [from_json(record) for _, record in read_results(results)]
    alone = grade_submission(Submission("1", "s1", "p", WORKS[1]), PROBLEMS["p"], Thinks(), "every")
    assert [s.opinion for s in stored[1].steps] == [s.opinion for s in alone.steps]


def test_verdicts_and_marks_stay_and_the_rows_are_kept_by_the_next_run(tmp_path):
    results, _ = marked(tmp_path)
    before = [record for _, record in read_results(results)]
    add_opinions(results, PROBLEMS, Thinks(), "every", tmp_path / "replies.jsonl")
    for old, (_, new) in zip(before, read_results(results), strict=True):
        for step in (*old["steps"], *new["steps"]):
            step.pop("model_opinion")
        assert old == new
    _, progress = marked(tmp_path)
    assert (progress.done, progress.kept) == (0, 3)
    again = Thinks()
    add_opinions(results, PROBLEMS, again, "every", tmp_path / "replies.jsonl")
    assert again.asked == []


def test_only_undecided_lines_are_asked_where_no_more_is_wanted(tmp_path):
    results, _ = marked(tmp_path)
    model, text = Thinks(), results.read_bytes()
    add_opinions(results, PROBLEMS, model, "undecided", tmp_path / "replies.jsonl")
    assert model.asked == []
    assert results.read_bytes() == text


def test_a_run_that_broke_off_asks_only_for_the_rest(tmp_path):
    works = [f"2x = {n}\nx = {n}/2" for n in range(5, 55)]
    results, _ = marked(tmp_path, works)
    kept = tmp_path / "replies.jsonl"
    assert add_opinions(results, PROBLEMS, Thinks(most=64), "every", kept) == "the server went away"
    assert sum(opinion is not None for row in opinions(results) for opinion in row) == 64
    again = Thinks()
    assert add_opinions(results, PROBLEMS, again, "every", kept) == ""
    assert len(again.asked) == 36
    assert all(opinion is not None for row in opinions(results) for opinion in row)


def test_what_was_asked_before_the_run_was_killed_is_not_asked_again(tmp_path):
    results, _ = marked(tmp_path)
    kept, plain = tmp_path / "replies.jsonl", results.read_bytes()
    add_opinions(results, PROBLEMS, Thinks(), "every", kept)
    filled = results.read_bytes()
    results.write_bytes(plain)  # as when it ended before the opinions were put in
    again = Thinks()
    add_opinions(results, PROBLEMS, again, "every", kept)
    assert again.asked == []
    assert results.read_bytes() == filled


def test_a_line_that_a_server_was_down_for_is_asked_again(tmp_path):
    results, _ = marked(tmp_path)
    kept = tmp_path / "replies.jsonl"
    assert add_opinions(results, PROBLEMS, Thinks(passing=True), "every", kept) == "could not be reached"
    assert opinions(results)[0] == [None, None]
    assert add_opinions(results, PROBLEMS, Thinks(), "every", kept) == ""
    assert opinions(results)[0] == [True, True]


@pytest.mark.parametrize("line", ["{", "[]", '{"asked": {"text": "a"}, "reply": {"origin": {}}}', "\x00"])
def test_replies_that_are_no_opinions_are_passed_over(tmp_path, line):
    results, _ = marked(tmp_path)
    kept = tmp_path / "replies.jsonl"
    kept.write_text(line + "\n", encoding="utf-8")
    model = Thinks()
    add_opinions(results, PROBLEMS, model, "every", kept)
    assert len(model.asked) == 4
    found = json.loads(kept.read_text(encoding="utf-8").splitlines()[-1])
    assert StepRequest(**found["asked"]) in model.asked
