"""Wrong work over all topics, read as its student and its teacher: the cause that is named, and what the hints say."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tutor.feedback.hints import answers_of, numbers_in
from tutor.pipeline import check_work
from tutor.problems import problem_from_object
from tutor.records import CheckedStep, Problem, Verdict

ROWS = tuple(YAML(typ="safe").load(Path(__file__).with_name("pieces.yaml").read_text(encoding="utf-8")))
JARGON = re.compile(r"\b(?:diff|vec|matrix|norm|dot|conj|asin|acos|integrate)\(|\+-|degC|\.\.\.|\bNone\b|\{|\}")
SENTENCE = re.compile(r"[.?]$")


def named(row: Mapping[str, Any]) -> str:
    return str(row["id"])


def posed(row: Mapping[str, Any]) -> Problem:
    given = {"statement": row["problem"]}
    return problem_from_object(given | ({"answer": row["answer"]} if "answer" in row else {}))


@cache
def first_wrong(number: int) -> CheckedStep:
    row = ROWS[number]
    return next(step for step in check_work(row["work"], posed(row)) if step.verdict is Verdict.WRONG)


EACH = pytest.mark.parametrize("number", range(len(ROWS)), ids=[named(row) for row in ROWS])


@EACH
def test_the_slip_is_found_on_its_line_with_its_cause(number: int) -> None:
    row, step = ROWS[number], first_wrong(number)
    assert step.step.line in row["lines"], row["slip"]
    assert step.misconception in row["causes"], row["slip"]


@EACH
def test_three_hints_that_differ_are_sentences_and_keep_the_answer(number: int) -> None:
    row, step = ROWS[number], first_wrong(number)
    assert len(set(step.hints)) == 3
    assert "?" in step.hints[0]  # the first makes the student look
    secret = answers_of(posed(row)) - numbers_in(row["problem"]) - numbers_in(step.step.text)
    for hint in step.hints:
        assert SENTENCE.search(hint), hint
        assert not JARGON.search(hint), hint
        assert not secret & numbers_in(hint), hint


@EACH
def test_what_mends_a_line_is_not_the_solution(number: int) -> None:
    row, step = ROWS[number], first_wrong(number)
    assert not step.repair or step.repair.endswith(" this line would follow.")
    if re.fullmatch(r"\w (?:=|<|>|<=|>=) [-\d./]+", step.step.text):
        assert not step.repair, row["slip"]
