import json
from fractions import Fraction

import pytest

from tests.report.test_words import CASES
from tutor.pipeline import grade_submission
from tutor.problems import problem_from_statement
from tutor.records import (
    CheckedStep,
    FinalAnswer,
    Mark,
    Opinion,
    Remark,
    Report,
    Step,
    Submission,
)
from tutor.report import from_json, to_json
from tutor.report.machine import evidence_from_json, evidence_to_json

WORK = """Solve it
2(x+3) = 10   | :2
x + 3 = 5
(1) x = 3, so 2x = 6
check: 2(3+3 = 12
x = 3"""


def report(work=WORK, statement="Solve 2(x+3) = 10"):
    return grade_submission(Submission("7", "ada", "p", work), problem_from_statement(statement))


@pytest.mark.parametrize("evidence", [e for e, _ in CASES], ids=lambda e: type(e).__name__)
def test_reading_evidence_undoes_writing_it(evidence):
    assert evidence_from_json(json.loads(json.dumps(evidence_to_json(evidence)))) == evidence


def test_the_fields_are_those_of_the_machine_interface():
    found = to_json(report())
    assert {"id", "student", "steps", "first_wrong", "answer", "mark", "status", "version", "seconds"} <= set(found)
    named = {"line", "text", "reading", "read_by", "verdict", "relation", "evidence", "remarks", "misconception"}
    assert all(named | {"model_opinion", "hints"} <= set(step) for step in found["steps"])
    assert {"earned", "pending", "available"} <= set(found["mark"])
    assert all(isinstance(found["mark"][k], str) for k in ("earned", "pending", "available"))
    assert all(s["evidence"]["kind"] == s["evidence"]["kind"].lower() for s in found["steps"])


def test_reading_a_report_undoes_writing_it():
    found = json.loads(json.dumps(to_json(report())))
    assert to_json(from_json(found)) == found


def test_what_is_rarely_there_survives_too():
    opinion = Opinion("expand", True, "looks fine", None, "echo")
    step = CheckedStep(
        Step(0, "x", part="a", label="(1)", read_by="model", needs_model=True),
        CASES[0][0],
        remarks=(Remark("rounded", "Rounded."),),
        misconception="sign_lost",
        opinion=opinion,
        hints=("Look again.",),
    )
    mark = Mark(
        Fraction(1, 3), Fraction(0), Fraction(1), ((0, Fraction(2, 3), "a wrong line"), (None, Fraction(0), ""))
    )
    answer = FinalAnswer("x = 2", 0, None, "a")
    one = Report("1", (step,), 0, answer, mark, "timeout", (answer,), None, None, None, "late")
    assert from_json(json.loads(json.dumps(to_json(one)))) == one


def test_times_are_left_out_where_they_were_not_measured():
    from dataclasses import replace

    assert "seconds" not in to_json(replace(report(), seconds=None))
