"""Similar problems: other numbers, as simple an answer, and nothing that was not verified."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tutor.cli.problems import app
from tutor.pipeline import grade_submission
from tutor.problems import load_problem_set, problem_from_statement
from tutor.records import Problem, Submission, Verdict
from tutor.service.similar import find_similar
from tutor.solve.similar import similar, whole_statement

SETS = Path(__file__).resolve().parents[2] / "problem_sets"

STATEMENTS = [
    "Solve 2x + 3 = 11.",
    "Solve 3(x - 2) = 2(x + 5).",
    "Solve x/2 + x/3 = 10.",
    "Solve x^2 - 5x + 6 = 0.",
    "Solve 7 - 2x >= 1.",
    "Solve |x - 2| < 5.",
    "Solve the system 2x + 3y = 12, 5x - 2y = 11.",
    "Expand (x + 3)(x - 5).",
    "Work out 3/4 + 5/6.",
    "A current of 2.5 A flows through a wire with a resistance of 16 Ω. What is the voltage across it?",
    "A cyclist speeds up evenly from 5.0 m/s to 9.0 m/s within 20 s. What distance does he cover while speeding up?",
]


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_answer_that_is_offered_is_right(statement: str, seed: int) -> None:
    """By the whole pipeline, of the statement alone: as a student's answer to it would be."""
    found = similar(problem_from_statement(statement), seed)
    assert found is not None
    posed = problem_from_statement(found.statement)
    report = grade_submission(Submission("", "", "", "\n".join(found.lines)), posed)
    assert {step.verdict for step in report.steps} <= {Verdict.CORRECT, Verdict.NO_CLAIM}
    assert report.answer is not None
    assert report.answer.correct is True


@pytest.mark.parametrize("statement", STATEMENTS)
def test_only_numbers_differ(statement: str) -> None:
    found = similar(problem_from_statement(statement), 1)
    assert found is not None
    assert found.statement != statement
    assert re.sub(r"\d+(\.\d+)?", "#", found.statement) == re.sub(r"\d+(\.\d+)?", "#", statement)


@pytest.mark.parametrize("name", ["taxi", "tickets", "missing-number", "juice"])
def test_an_amount_that_was_positive_stays_so(name: str) -> None:
    problem = load_problem_set(SETS / "word_problems.yaml")[name]
    for seed in range(6):
        found = similar(problem, seed)
        assert found is None or "-" not in found.answers[0]


def test_the_same_seed_gives_the_same_problem() -> None:
    problem = problem_from_statement("Solve x^2 - 5x + 6 = 0.")
    assert similar(problem, 3) == similar(problem, 3)
    assert len({one.statement for seed in range(8) if (one := similar(problem, seed))}) > 3


def test_whole_numbers_stay_whole() -> None:
    for seed in range(10):
        found = similar(problem_from_statement("Solve 3x - 4 = 11."), seed)
        assert found is not None
        assert re.fullmatch(r"x = -?[1-9]\d*", found.answers[0])


KEPT = [
    # statement                                                               kept          why
    ("A stone falls for 1.8 s. How far? Use g = 9.81 m/s².", "9.81", "gravity is what it is"),
    ("Solve 2^x = 32.", "x", "the letter"),
    ("A hair dryer for 230 V has a power of 1.6 kW. What current does it draw?", "230", "what a socket has"),
    ("A tram covers the 1.8 km between two stops in 2 min 30 s. What is its speed in m/s?", "2 min 30 s", "a time"),
]


@pytest.mark.parametrize(("statement", "kept", "why"), KEPT)
def test_what_is_no_given_stays(statement: str, kept: str, why: str) -> None:
    found = similar(problem_from_statement(statement), 1)
    assert found is None or kept in found.statement, why


def test_an_exponent_stays_an_exponent() -> None:
    for seed in range(6):
        found = similar(problem_from_statement("Solve x^2 = 49."), seed)
        assert found is not None
        assert "x^2" in found.statement


def test_a_word_problem_changes_with_the_equations_of_its_author() -> None:
    problem = load_problem_set(SETS / "word_problems.yaml")["taxi"]
    found = similar(problem, 1)
    assert found is not None
    assert found.statement != whole_statement(problem)
    mark = grade_submission(Submission("", "", "", found.answers[0]), found.problem).mark
    assert mark.earned == mark.available


NOTHING = [
    ("", "nothing"),
    ("Tell me about the French Revolution of 1789.", "no mathematics"),
    ("Write a 2-digit number.", "no given"),
    ("A train ticket costs $80. The price goes up by 12%. What is the new price?", "no equation and no law"),
    ("Prove that 1 = 1.", "nothing to change"),
]


@pytest.mark.parametrize(("statement", "why"), NOTHING)
def test_nothing_is_offered_that_cannot_be_verified(statement: str, why: str) -> None:
    assert similar(problem_from_statement(statement)) is None, why


def test_an_answer_that_is_not_the_authors_is_no_ground_to_build_on() -> None:
    problem = load_problem_set(SETS / "linear_equations.yaml")["two-step"]
    other = problem_from_statement("Solve 2x + 3 = 12.")
    assert similar(Problem(statement=other.statement, equations=other.equations, answer=problem.answer)) is None


def test_a_process_of_its_own_finds_the_same_problem() -> None:
    problem = problem_from_statement("Solve 2x + 3 = 11.")
    found, here = find_similar(problem, 5), similar(problem, 5)
    assert found is not None
    assert here is not None
    assert (found.statement, found.answers) == (here.statement, here.answers)


def test_a_process_that_takes_too_long_is_given_up() -> None:
    assert find_similar(problem_from_statement("Solve 2x + 3 = 11."), longest_s=0.01) is None


def test_the_command_prints_problems_with_their_answers() -> None:
    done = CliRunner().invoke(app, ["similar", "Solve 2x + 3 = 11.", "--count", "2", "--seed", "1"])
    assert done.exit_code == 0
    assert done.output.count("answer: x = ") == 2


def test_the_command_says_where_there_is_none() -> None:
    done = CliRunner().invoke(app, ["similar", "Write a poem."])
    assert done.exit_code == 1
    assert "verified" in done.output
