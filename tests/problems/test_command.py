"""`tutor problems …`, as a teacher types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tutor.cli.problems import app
from tutor.problems import load_problem_set

FOLDER = Path(__file__).parents[2] / "problem_sets"
SETS = sorted(FOLDER.glob("*.yaml"))
LINEAR = str(FOLDER / "linear_equations.yaml")


def run(*words: str):
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_worked_solutions_of_a_shipped_set_are_verified(path):
    result = run("check", str(path))
    assert result.exit_code == 0, result.output


WRONG = """\
problems:
  - id: p
    statement: Solve 2x + 3 = 7.
    answer: x = 2
    solution: |
      2x + 3 = 7
      2x = 5
      x = 2.5
"""


def test_a_wrong_line_of_a_worked_solution_is_named_with_file_and_line(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(WRONG, encoding="utf-8")
    result = run("check", str(path))
    assert result.exit_code == 1
    assert f'{path} line 7, problem "p": solution line 2, "2x = 5", is wrong: ' in result.output
    assert "which is not the answer" in result.output
    assert run("check", "--read-only", str(path)).exit_code == 0


def test_check_ends_with_2_where_a_file_is_missing(tmp_path):
    result = run("check", LINEAR, str(tmp_path / "none.yaml"), "--read-only")
    assert result.exit_code == 2
    assert "there is no such file" in result.output


def test_check_prints_every_fault_of_a_file(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("problems:\n  - id: p\n    statement: S\n    anwser: 1\n    marks: x\n", encoding="utf-8")
    result = run("check", str(path))
    assert result.exit_code == 1
    assert "line 4" in result.output
    assert "line 5" in result.output


def test_list_names_the_problems():
    result = run("list", LINEAR, "--topic", "formulas")
    assert result.exit_code == 0
    assert "circumference" in result.output
    assert "two-step" not in result.output


def test_list_as_json_has_an_object_a_line():
    rows = [json.loads(line) for line in run("list", LINEAR, "--json").output.splitlines()]
    assert [row["id"] for row in rows] == list(load_problem_set(LINEAR).problems)


def test_show_prints_what_was_read():
    result = run("show", LINEAR, "two-step")
    assert result.exit_code == 0
    assert "read as: 2x + 3 = 11" in result.output
    assert run("show", LINEAR, "two").exit_code == 2


WORDS = """\
problems:
  - id: marbles
    statement: Tom has twice as many marbles as Ann. Ann has 15 marbles. How many marbles does Tom have?
    answer: 30
  - id: bus
    statement: A bus starts from rest with an acceleration of 1.2 m/s².
    givens: {a: 1.2 m/s²}
    parts:
      - {id: a, statement: How fast is it after 8.0 s?, answer: 9.6 m/s}
      - {id: b, statement: How far does it go in 5.0 s?, answer: 15 m}
"""


def shown(tmp_path, *words: str):
    (tmp_path / "words.yaml").write_text(WORDS, encoding="utf-8")
    result = run("show", str(tmp_path / "words.yaml"), *words)
    assert result.exit_code == 0, result.output
    return [line.strip() for line in result.output.splitlines()]


def test_show_says_what_the_words_give_ask_and_relate_and_who_read_them(tmp_path):
    lines = shown(tmp_path, "marbles", "--no-model")
    assert lines[2:7] == [
        "given: 15, marbles of Ann",
        "asks: marbles Tom have",
        "in words: t = 2 · a",
        "where t is Tom, a is Ann",
        "answer: 30",
    ]
    assert lines[-1] == "read by: rules, phrases of word problems"


def test_show_says_what_each_part_gives_and_asks(tmp_path):
    lines = shown(tmp_path, "bus")
    assert "given: 1.2 m/s², acceleration of the bus" in lines
    assert "values: a = 1.2 m/s²" in lines
    first, second = (lines.index(next(line for line in lines if line.startswith(f"({part})"))) for part in "ab")
    assert lines[first + 1 : first + 3] == ["given: 8.0 s, time", "asks: final speed"]
    assert lines[second + 1] == "given: 5.0 s, time"
    assert lines[-1] == "read by: rules, phrases of physics"


def test_show_says_why_the_model_that_was_asked_for_did_not_read_it(tmp_path):
    lines = shown(tmp_path, "marbles", "--model-server", "http://127.0.0.1:9/v1")
    assert "in words: t = 2 · a" in lines
    assert lines[-1].startswith("not by the model: http://127.0.0.1:9/v1 could not be reached")


def test_schema_is_json():
    assert json.loads(run("schema").output)["title"] == "Problem set"


def test_convert_writes_the_set_in_another_format(tmp_path):
    target = tmp_path / "linear.csv"
    assert run("convert", LINEAR, str(target)).exit_code == 0
    assert list(load_problem_set(target)) == list(load_problem_set(LINEAR))
    assert run("convert", LINEAR, str(target)).exit_code == 2
    assert run("convert", LINEAR, str(target), "--force").exit_code == 0
    assert run("convert", LINEAR, str(tmp_path / "linear.doc")).exit_code == 2


UNKNOWN_UNITS = """\
problems:
  - id: drop
    statement: A ball falls. Find its speed.
    givens:
      g: 9.81 m/s^2
      h: 5 frobs
    answer: 3 wibbles
    unit: meterz/s
    solution: |
      v = 14 m/s
      v = 3 wibbles
  - id: hens
    statement: Hens lay 5 eggs. How many eggs do 2 hens lay?
    answer: 10 eggs
  - id: parts
    statement: A cart rolls.
    parts:
      - {id: a, statement: How far?, answer: 5 m}
      - {id: b, statement: How fast?, answer: 5 xyzzies}
"""
FAULTS = [
    # line, problem, what is said, why it is here
    (6, "drop", 'given h has the unit "frobs", which is none', "a given"),
    (7, "drop", 'answer has the unit "wibbles", which is none', "an answer"),
    (8, "drop", 'unit has the unit "meterz", which is none; did you mean meter?', "the unit by itself, misspelt"),
    (11, "drop", 'solution line 2 has the unit "wibbles", which is none', "a line of the worked solution"),
    (19, "parts", 'part (b), answer has the unit "xyzzies", which is none', "an answer of a part"),
]


def test_an_unknown_unit_is_named_with_file_line_problem_and_field(tmp_path):
    path = tmp_path / "units.yaml"
    path.write_text(UNKNOWN_UNITS, encoding="utf-8")
    result = run("check", "--read-only", str(path))
    assert result.exit_code == 1
    said = [line for line in result.output.splitlines() if "problem" in line]
    assert said == [f'{path} line {line}, problem "{id_}": {what}' for line, id_, what, _ in FAULTS]
