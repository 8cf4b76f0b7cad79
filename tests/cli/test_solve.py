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
