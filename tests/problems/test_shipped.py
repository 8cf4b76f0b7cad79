"""The shipped sets and their classes of sample submissions hold together."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from tutor.pipeline import grade_submission
from tutor.problems import load_problem_set
from tutor.problems.author import json_schema
from tutor.problems.formats import yaml_set
from tutor.records import Submission

FOLDER = Path(__file__).parents[2] / "problem_sets"
SETS = sorted(FOLDER.glob("*.yaml"))
SCHEMA_LINE = "# yaml-language-server: $schema=schema.json"


def expected_of(name: str) -> dict:
    return dict(yaml_set.read((FOLDER / "samples" / name / "expected.yaml").read_bytes()).content)


def submissions_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / "samples" / name / "submissions.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_there_are_six_sets_and_eighty_problems_at_least():
    loaded = [load_problem_set(path) for path in SETS]
    assert len(loaded) >= 6
    assert sum(len(problems) for problems in loaded) >= 80


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_shipped_set_loads_and_every_problem_is_worked(path):
    for problem in load_problem_set(path):
        assert problem.title
        assert problem.topic
        assert problem.level
        assert problem.solution or all(part.solution for part in problem.parts)


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_shipped_set_names_its_schema(path):
    assert path.read_text(encoding="utf-8").startswith(SCHEMA_LINE + "\n")


def test_the_shipped_schema_is_the_one_that_the_program_prints():
    assert (FOLDER / "schema.json").read_text(encoding="utf-8") == json_schema()


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_each_sample_has_a_teacher_s_judgement(path):
    problems = load_problem_set(path)
    rows, expected = submissions_of(path.stem), expected_of(path.stem)
    assert [row["id"] for row in rows] == list(expected)
    for row in rows:
        says = expected[row["id"]]
        problem = problems[row["problem"]]
        lines = row["work"].split("\n")
        assert 0 <= Fraction(says["mark"]) <= problem.marks
        if says["first_wrong"] is None:
            assert says["answer_correct"] == "true"
            assert Fraction(says["mark"]) == problem.marks
        else:
            assert lines[int(says["first_wrong"])].strip()
            assert says["error"]


def test_the_classes_hold_sixty_right_and_sixty_wrong_samples_at_least():
    judgements = [says for path in SETS for says in expected_of(path.stem).values()]
    right = sum(1 for says in judgements if says["first_wrong"] is None)
    assert right >= 60
    assert len(judgements) - right >= 60


def reports_of(path: Path):
    problems, expected = load_problem_set(path), expected_of(path.stem)
    for row in submissions_of(path.stem):
        yield grade_submission(Submission(**row), problems[row["problem"]]), expected[row["id"]]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_right_samples_are_never_called_wrong(path):
    accused = [
        report.id for report, says in reports_of(path) if says["first_wrong"] is None and report.first_wrong is not None
    ]
    assert accused == []


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_wrong_samples_are_flagged_at_their_first_wrong_line(path):
    """Or exactly where `found_at` says that the program finds them, with what it falls short of."""
    missed = []
    for report, says in reports_of(path):
        if says["first_wrong"] is None or "departs" in says:
            continue
        place = None if report.first_wrong is None else str(report.first_wrong)
        if place != says.get("found_at", says["first_wrong"]):
            missed.append((report.id, report.first_wrong))
    assert missed == []


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_sample_found_elsewhere_says_what_falls_short(path):
    for says in expected_of(path.stem).values():
        assert ("found_at" in says) is bool(says.get("falls_short"))
        assert "found_at" not in says or says["found_at"] != says["first_wrong"]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_marks_are_those_that_a_teacher_settled(path):
    differing = {
        report.id: (str(report.mark.earned), says["mark"])
        for report, says in reports_of(path)
        if report.mark.earned != Fraction(says["mark"])
    }
    assert differing == {}


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_each_mark_of_a_scheme_is_earned_as_a_teacher_settled(path):
    """Where a problem has a mark scheme, `points` says what each of its marks earns."""
    for report, says in reports_of(path):
        assert ("points" in says) is bool(report.mark.points), report.id
        if "points" in says:
            earned = [str(point.earned) for point in report.mark.points]
            assert earned == says["points"].split(), (report.id, report.mark.lost)


def test_a_dozen_problems_have_mark_schemes():
    schemes = [problem.id for path in SETS for problem in load_problem_set(path) if problem.schemes]
    assert len(schemes) >= 12
