"""`tutor solve` as it is used: a statement, a set, one part, as JSON; and what it says where it is silent."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tutor.cli.app import app

FALL = "A stone is dropped from a height of 45 m. How long does it take to reach the ground? Ignore air resistance."
SET = """\
title: Falling
problems:
  - id: stone
    statement: A stone is dropped from a height of 80 m. Ignore air resistance.
    parts:
      - id: a
        statement: How long does it fall?
        answer: 4.04 s
      - id: b
        statement: With what speed does it hit the ground?
        answer: 39.6 m/s
  - id: sum
    statement: Work out 2 + 3.
    answer: 5
"""


def run(*args):
    return CliRunner().invoke(app, ["solve", *args])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "falling.yaml"
    path.write_text(SET)
    return str(path)


def test_what_was_understood_the_solution_and_the_answer_are_printed():
    result = run(FALL)
    assert result.exit_code == 0
    assert "45 m   the height" in result.output
    assert "asked     the time" in result.output
    assert "t = sqrt(2 · h/g) = sqrt(2 · 45 m / (9.81 m/s^2)) = 3.03 s" in result.output
    assert "the law for" in result.output
    assert "OpenStax" in result.output
    assert "answer    3.03 s" in result.output


def test_where_it_is_silent_it_says_why():
    result = run("A train of mass 400 kg runs through a tunnel at night. How long does it take?")
    assert result.exit_code == 1
    assert "no answer" in result.output


def test_a_whole_set_or_one_of_it_can_be_solved(file):
    assert "4.04 s" in run(file, "stone").output
    whole = run(file)
    assert "stone" in whole.output
    assert "sum" in whole.output
    assert whole.exit_code == 1


def test_one_part_can_be_asked_for(file):
    output = run(file, "stone", "--part", "b").output
    assert "39.6 m/s" in output
    assert "4.04 s" not in output.split("asked")[-1].split("answer")[-1]


def test_json_has_the_givens_the_lines_and_the_laws():
    record = json.loads(run(FALL, "--json").output)
    assert record["givens"][0] | {"of": None} == {
        "symbol": None, "role": "height", "value": "45 m", "of": None, "when": None, "implied": False,
    }  # fmt: skip
    assert record["parts"][0]["answer"] == "3.03 s"
    assert record["parts"][0]["unit"] == "s"
    assert record["parts"][0]["lines"]
    assert record["parts"][0]["laws"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("nowhere.yaml",), "nowhere.yaml"),
        (("nowhere.yaml", "a"), "nowhere.yaml"),
        (("A stone falls.", "a"), "ids belong to a problem set"),
        ((FALL, "--part", "q"), "there is no part q"),
    ],
)
def test_wrong_usage_is_explained(args, says):
    result = run(*args)
    assert result.exit_code != 0
    assert says in str(result.exception)


SKIER = (
    "A skier slides from rest down a frictionless slope of height H = 40 m and length L = 80 m. "
    "Find the speed at the bottom."
)
WORDING = [
    # statement                 is said                                            is not said            why it is here
    (SKIER, "where     there is no friction", "circle", "conditions that no law used rests on"),
    (SKIER, "0 m/s   the initial speed", "initial speed, initial", "the role says when"),
    (SKIER, "speed after a descent without friction (without friction", "for without", "conditions in brackets"),
    (
        "A wagon of mass 12 tonnes moving at 3.0 m/s strikes a stationary wagon of mass 8.0 tonnes. They couple "
        "together. What is their common speed?",
        "the mass of wagon 1",
        ", of the wagon",
        "whose it is where there are two",
    ),
    (
        "Two parallel metal plates are 5.0 mm apart, with a voltage of 600 V between them. What force acts on an "
        "electron in the field between them? The elementary charge is 1.60 × 10^-19 C.",
        "1.60 × 10^-19 C   the elementary charge",
        "point charge",
        "a law of another field gave the same number",
    ),
]


@pytest.mark.parametrize(("statement", "said", "unsaid", "why"), WORDING, ids=[why for *_, why in WORDING])
def test_what_is_printed_reads_well(statement, said, unsaid, why):
    output = run(statement).output
    assert said in output
    assert unsaid not in output


def test_of_a_problem_that_is_no_physics_it_says_what_was_read():
    words = "Tom has twice as many marbles as Ann. Ann has 15 marbles. How many marbles does Tom have?"
    result = run(words)
    assert result.exit_code == 1
    assert "given: 15, marbles of Ann" in result.output
    assert "in words: t = 2 · a" in result.output
    assert "not understood" not in result.output
    (read,) = json.loads(run(words, "--json").output)["read"]
    assert read["relations"] == ["t = 2*a"]
    assert json.loads(run(FALL, "--json").output)["read"] == []
