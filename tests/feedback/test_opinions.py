"""What a model thinks of a step stands beside the verdict, and its words for a hint keep to the catalogue's."""

from dataclasses import dataclass, field

import pytest

from tutor.pipeline import check_work, grade_submission
from tutor.problems import problem_from_object, problem_from_statement
from tutor.records import Submission, Verdict
from tutor.report.machine import to_json
from tutor.report.opinions import opinion_in_words
from tutor.slm.jobs import HintReply, LineReply, Opinion, Origin

ORIGIN = Origin("told", "told 1", "p7")


@dataclass
class Told:
    """A model with one opinion on everything, and one wording for every hint."""

    right: bool | None = True
    hint: str = ""
    fault: str = ""
    name: str = "told"
    asked: list = field(default_factory=list)

    def read_lines(self, asked):
        return [LineReply((), origin=ORIGIN) for _ in asked]

    def reason(self, asked):
        self.asked += asked
        return [Opinion("divide", self.right, "Both sides are halved.", origin=ORIGIN, fault=self.fault) for _ in asked]

    def word_hints(self, asked):
        return [HintReply(self.hint, origin=ORIGIN) for _ in asked]


SOLVE = problem_from_statement("Solve 2x + 3 = 7")
WORK = "2x = 4\nx = 3"


def test_opinions_stand_beside_the_verdicts_and_change_none():
    problem = problem_from_object({"id": "a", "statement": "Solve 2x + 3 = 7", "answer": "x = 2"})
    submission = Submission("1", "", "a", WORK)
    report = grade_submission(submission, problem, Told(right=True), "every")
    plain = grade_submission(submission, problem)
    assert [s.verdict for s in report.steps] == [s.verdict for s in plain.steps] == [Verdict.CORRECT, Verdict.WRONG]
    assert [s.opinion.agrees for s in report.steps] == [True, False]
    assert report.mark == plain.mark
    assert to_json(report)["steps"][1]["model_opinion"] == {
        "operation": "divide", "looks_right": True, "reason": "Both sides are halved.", "agrees": False,
        "model": "told 1 (prompt p7)",
    }  # fmt: skip


def test_unless_asked_for_it_is_the_undecided_lines_that_get_one():
    model = Told()
    check_work(WORK, SOLVE, model)
    assert model.asked == []


def test_an_opinion_is_asked_with_the_line_before_and_the_problem():
    model = Told()
    grade_submission(Submission("1", "", "", WORK), SOLVE, model, "every")
    assert [(a.before, a.line) for a in model.asked] == [("", "2x = 4"), ("2x = 4", "x = 3")]
    assert model.asked[0].problem == "Solve 2x + 3 = 7"


def test_a_model_that_failed_has_no_opinion():
    report = grade_submission(Submission("1", "", "", WORK), SOLVE, Told(fault="no answer"), "every")
    assert [s.opinion for s in report.steps] == [None, None]


def test_an_opinion_is_shown_as_one():
    report = grade_submission(Submission("1", "", "", WORK), SOLVE, Told(), "every")
    shown = [opinion_in_words(s) for s in to_json(report)["steps"]]
    assert all(text.startswith("Opinion of the language model told 1") and "not checked" in text for text in shown)
    assert shown[1].endswith("The verifier has decided otherwise.")


WORDINGS = [
    # the model's words                             taken    why
    ("Have another look at what happened here.", True, "no mathematics of its own"),
    ("The answer is x = 2.", False, "it says the answer"),
    ("Try 2x - 4 = 0.", False, "mathematics that the hint does not hold"),
    ("", False, "it said nothing"),
]


@pytest.mark.parametrize(("words", "taken", "why"), WORDINGS)
def test_a_hint_in_other_words_takes_the_place_of_the_catalogues(words, taken, why):
    problem = problem_from_object({"id": "a", "statement": "Solve 2x + 3 = 7", "answer": "x = 2"})
    hints = check_work(WORK, problem, Told(hint=words))[1].hints
    plain = check_work(WORK, problem)[1].hints
    assert (words in hints) is taken, why
    assert len(hints) == len(plain) == len(set(hints)), why
