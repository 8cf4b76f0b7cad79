"""Real problem sets in, real reports out: the store with the rest of the program."""

from pathlib import Path

import pytest

from tutor.pipeline import grade_submission
from tutor.problems import InvalidSet, load_problem_set
from tutor.problems.formats import format_of
from tutor.records import Submission
from tutor.report.machine import from_json, to_json
from tutor.store import problem_set_of, upload_of

SETS = sorted((Path(__file__).parents[2] / "problem_sets").rglob("*.yaml"))

OWN = b"""
title: A small set
problems:
  - id: eq
    statement: Solve 2x + 3 = 7
    answer: x = 2
    marks: 3
    solution: ["2x = 4", "x = 2"]
"""


@pytest.mark.parametrize("path", SETS[:3], ids=lambda path: path.stem)
def test_a_set_comes_back_with_the_problems_that_went_in(sqlite_school, path):
    version = sqlite_school.book.sets.add(upload_of(path.name, path.read_bytes()))
    content = sqlite_school.book.sets.content(version.id)
    assert content.source == path.read_bytes()
    again, before = problem_set_of(content), load_problem_set(path)
    assert (again.name, again.title) == (before.name, before.title)
    assert dict(again.problems) == dict(before.problems)
    assert version.problem_ids == tuple(before.problems)


def test_a_table_is_stored_as_it_is_and_read_as_our_own(sqlite_school, tmp_path):
    table = tmp_path / "small.csv"
    path = tmp_path / "small.yaml"
    path.write_bytes(OWN)
    table.write_bytes(format_of(table).write(load_problem_set(path).draft.content))
    upload = upload_of("C:\\fakepath\\small.csv", table.read_bytes())
    assert (upload.source_name, upload.name, upload.problem_ids) == ("small.csv", "small", ("eq",))
    content = sqlite_school.book.sets.content(sqlite_school.book.sets.add(upload).id)
    assert problem_set_of(content).problems["eq"] == load_problem_set(path).problems["eq"]


def test_a_set_with_faults_is_not_stored():
    with pytest.raises(InvalidSet, match=r"broken\.yaml line \d+"):
        upload_of("../../broken.yaml", OWN.replace(b"x = 2\n", b"x = = 2\n"))


def test_work_is_checked_and_its_report_comes_back_as_it_was_made(sqlite_school):
    school = sqlite_school
    version = school.book.sets.publish(school.book.sets.add(upload_of("small.yaml", OWN)).id)
    attempt = school.place(school.ada).hand_in(version.id, "eq", "2x = 10\nx = 5")
    (waiting,) = school.store.checking.waiting()
    problem = problem_set_of(school.store.checking.content(waiting.version_id))[waiting.problem_id]
    made = grade_submission(Submission(str(waiting.id), "s", problem.id, waiting.work), problem)
    school.store.checking.report(waiting.id, to_json(made), engine="0.1.0", seconds=0.1)
    (mine,) = school.place(school.ada).attempts()
    assert mine.id == attempt.id
    assert from_json(mine.checked.report) == from_json(to_json(made))
    (standing,) = school.book.work.standings(version.set_id)
    assert (standing.first_wrong, standing.earned) == (0, made.mark.earned)
    (count,) = school.book.work.misconceptions(version.set_id)
    assert count.examples == ("2x = 10",)
