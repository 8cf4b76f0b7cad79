"""Lines that the grammar left and a model read: what becomes of its readings, and that they turn no line wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tutor.pipeline import check_work, grade_submission
from tutor.problems import problem_from_object, problem_from_statement
from tutor.records import Submission, Undecided, Verdict
from tutor.report.machine import to_json
from tutor.slm.jobs import HintReply, LineReply, LineRequest, Opinion, Origin, Reading


@dataclass
class Says:
    """A model that reads each text as it is told to; it knows nothing of any other."""

    readings: dict[str, tuple[str, ...] | list[tuple[str, ...]]]
    name = "says"
    unsure = False

    def reason(self, asked):
        return [Opinion(origin=Origin("says", ""), fault="no opinion") for _ in asked]

    def word_hints(self, asked):
        return [HintReply("", origin=Origin("says", ""), fault="no other words") for _ in asked]

    def read_lines(self, asked: Sequence[LineRequest]) -> list[LineReply]:
        self.asked = list(asked)
        return [
            LineReply(self.of(a.text), origin=Origin("says", "a model that is told"), unsure=self.unsure) for a in asked
        ]

    def of(self, text: str) -> tuple[Reading, ...]:
        found = self.readings.get(text)
        if found is None:
            return ()
        every = found if isinstance(found, list) else [found]
        return tuple(Reading(lines, 0.9, spans=self.spans(text, lines)) for lines in every)

    def spans(self, text: str, lines: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
        """Each line in its share of the text."""
        share = len(text) // max(1, len(lines))
        return tuple((k * share, (k + 1) * share) for k in range(len(lines)))


HALVED = "so i took 3 from both sides and got 2x is four, then halved it, x equals 2"


class Halved(Says):
    """Reads the line above, and says where each part of it stands."""

    def spans(self, text, lines):
        parts = ("took 3 from both sides", "2x is four", "halved it", "x equals 2")
        return tuple((text.index(p), text.index(p) + len(p)) for p in parts)


def halved() -> Says:
    return Halved({HALVED: ("op: -3", "2x = 4", "op: /2", "x = 2")})


def test_a_line_that_says_several_things_becomes_a_step_for_each():
    steps = check_work(HALVED, problem_from_statement("Solve 2x + 3 = 7"), halved())
    assert [s.step.text for s in steps] == [
        "so i took 3 from both sides and got 2x is four",
        "then halved it",
        "x equals 2",
    ]
    assert [s.verdict for s in steps] == [Verdict.CORRECT, Verdict.NO_CLAIM, Verdict.CORRECT]
    assert [s.step.operation.name for s in steps if s.step.operation] == ["subtract", "divide"]
    assert {s.step.read_by for s in steps} == {"a model that is told"}


def test_a_line_is_cut_at_no_comma_or_point_of_a_number():
    text = "took 3 from both sides after 1.5 hours or 1,200 of them, then halved it"

    class Placed(Says):
        def spans(self, text, lines):
            parts = ("took 3 from both sides", "halved it")
            return tuple((text.index(p), text.index(p) + len(p)) for p in parts)

    steps = check_work(text, problem_from_statement("Solve 2x + 3 = 7"), Placed({text: ("op: -3", "op: /2")}))
    assert [s.step.text for s in steps] == [
        "took 3 from both sides after 1.5 hours or 1,200 of them",
        "then halved it",
    ]


def test_without_a_model_the_same_line_is_not_judged():
    assert [s.verdict for s in check_work(HALVED)] != [Verdict.CORRECT]


def test_the_answer_in_words_counts_as_any_other():
    problem = problem_from_object({"id": "a", "statement": "Solve 2x + 3 = 7", "answer": "x = 2"})
    report = grade_submission(Submission("1", "", "a", HALVED), problem, halved())
    assert (report.answer.correct, str(report.mark.earned)) == (True, "1")


NEVER_WRONG = [
    # what the student wrote                          the model's reading      why it must not be held against them
    ("then the 44 came off her 78 and left her 34", ("78 - 44 = 35",), "a number that was misread"),
    ("then the 44 came off her 78 and left her 34", ("44 - 78 = 34",), "the wrong way round"),
]


@pytest.mark.parametrize(("text", "lines", "why"), NEVER_WRONG)
def test_a_reading_of_the_model_is_never_called_wrong(text, lines, why):
    (step,) = check_work(text, None, Says({text: lines}))
    assert step.verdict is Verdict.UNDECIDED, why
    assert isinstance(step.evidence, Undecided)
    assert "The language model reads this as" in step.evidence.why


def test_a_misread_line_turns_no_later_line_wrong():
    work = "x comes out at five if you do it\nx = 2"
    model = Says({"x comes out at five if you do it": ("x = 5",)})
    steps = check_work(work, problem_from_statement("Solve 2x + 3 = 7"), model)
    assert steps[-1].verdict is Verdict.CORRECT
    assert all(s.verdict is not Verdict.WRONG for s in steps)


def test_the_reading_that_holds_is_taken_before_the_likelier_one():
    text = "take the 12 off the 30 and it leaves her 18"
    (step,) = check_work(text, None, Says({text: [("12 - 30 = 18",), ("30 - 12 = 18",)]}))
    assert step.verdict is Verdict.CORRECT
    assert [r.text for r in step.remarks] == ["read as 30 - 12 = 18"]


def test_a_calculation_in_words_that_nobody_can_read_says_so():
    (step,) = check_work("the product of both 12 and 4 is what i multiplied", None, Says({}))
    assert step.verdict is Verdict.UNREADABLE
    assert step.evidence.expected == "Write the calculation with signs, such as 3*4 = 12."


def test_a_reading_that_the_grammar_cannot_read_is_none():
    (step,) = check_work("i multiplied both 12 and 4", None, Says({"i multiplied both 12 and 4": ("12 * / 4",)}))
    assert step.verdict is Verdict.UNREADABLE


def test_values_that_are_said_stand_in_the_report():
    text = "so in the end she has 34 apples left"
    report = grade_submission(Submission("1", "", "", text), problem_from_statement(""), Says({text: ("value: 34",)}))
    (step,) = to_json(report)["steps"]
    assert (step["reading"], step["read_by"], step["verdict"]) == (["value: 34"], "a model that is told", "no_claim")


def test_the_model_is_told_what_was_said_before():
    model = Says({})
    check_work("y = 5\nhe got 15 of them\ntwice that was the total", problem_from_statement("Find x + y"), model)
    assert [a.previous for a in model.asked] == ["5", "15"]
    assert model.asked[0].symbols == ("x", "y")


UNSURE = [
    # what the student wrote                         the reading          verdict                why
    (
        "then the 44 came off her 78 and left her 34",
        ("78 - 44 = 34",),
        Verdict.CORRECT,
        "it comes out, so it was meant",
    ),
    ("then the 44 came off her 78 and left her 35", ("78 - 44 = 35",), Verdict.NO_CLAIM, "nothing speaks for it"),
    ("so in the end she has 34 apples left", ("value: 34",), Verdict.NO_CLAIM, "there is nothing to hold it against"),
]


@pytest.mark.parametrize(("text", "lines", "verdict", "why"), UNSURE)
def test_a_reading_that_the_model_is_not_sure_of_counts_only_where_it_holds(text, lines, verdict, why):
    model = Says({text: lines})
    model.unsure = True
    (step,) = check_work(text, None, model)
    assert step.verdict is verdict, why
    assert (step.step.read_by == "grammar") is (verdict is not Verdict.CORRECT), why


def test_what_the_grammar_read_stays_as_it_is_where_the_model_adds_nothing():
    text = "she took 5 of the boxes, so 5*3 = 15 and half of it"
    (plain,) = check_work(text)
    (step,) = check_work(text, None, Says({text: ("value: 5", "1/2*15")}))
    assert step.step.claims == plain.step.claims != ()
    assert step.step.read_by == "grammar"


def test_an_expression_alone_claims_nothing():
    text = "then half of the 40 that were left"
    (step,) = check_work(text, None, Says({text: ("1/2*40",)}))
    assert (step.step.claims, step.step.said, step.verdict) == ((), ("1/2*40",), Verdict.NO_CLAIM)
