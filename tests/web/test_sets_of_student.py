"""The list of problem sets: what is due first, and where the student is with each problem."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.screen import pieces, screen
from tutor.store import Store, Terms, upload_of
from tutor.store.records import Classroom, SetVersion, Student, Teacher
from web import resources

NOW = datetime.now(UTC)
SET = """
title: {title}
problems:
  - {{id: one, title: First, statement: 'Solve 2(x + 3) = 8', answer: x = 1, marks: 2}}
  - {{id: two, title: Second, statement: 'Solve 2x = 6', answer: x = 3}}
  - {{id: three, title: Third, statement: 'Solve 3x = 6', answer: x = 2}}
"""
Publish = Callable[..., SetVersion]


@pytest.fixture
def publish(site: Store, teacher: Teacher, room: Classroom) -> Publish:
    def put_up(title: str, terms: Terms | None = None) -> SetVersion:
        sets = site.of_teacher(teacher.id).in_class(room.id).sets
        return sets.publish(sets.add(upload_of(f"{title}.yaml", SET.format(title=title).encode()), terms).id)

    return put_up


def hand_in(student: Student, version: SetVersion, problem: str, work: str) -> None:
    """Store the work and its report."""
    handed = resources.desk().hand_in(student.id, version.id, problem, work)
    if handed.ticket is not None:
        handed.ticket.report(30)
    resources.desk().close()
    resources.desk.cache_clear()


def test_a_class_without_sets_says_so(page: Callable[..., AppTest], as_student: Student):
    assert "no problems yet" in screen(page())


def test_the_nearest_end_is_first_and_what_has_ended_last(
    page: Callable[..., AppTest], publish: Publish, as_student: Student
):
    publish("No end")
    publish("Later", Terms(due=NOW + timedelta(days=5), tries=2))
    publish("Ended", Terms(due=NOW - timedelta(days=1)))
    publish("Soon", Terms(due=NOW + timedelta(hours=3), exam=True))
    tab = page()
    assert not tab.exception
    assert [s.value for s in tab.subheader] == ["Soon", "Later", "No end", "Ended"]
    soon, later, _no_end, ended = (p for p in pieces(tab) if "of 3" in p)
    assert soon.startswith("Exam · ends ")
    assert "hours left" in soon
    assert "0 of 3 handed in" in soon
    assert "2 tries each" in later
    assert ended.startswith("was due yesterday")


def test_each_problem_says_where_the_student_is(
    page: Callable[..., AppTest], publish: Publish, as_student: Student, site: Store
):
    version = publish("Brackets", Terms(tries=3))
    hand_in(as_student, version, "one", "2x + 6 = 8\n2x = 3\nx = 1.5")
    hand_in(as_student, version, "two", "x = 3")
    site.of_student(as_student.id).save_draft(version.set_id, "three", "3x")
    said = screen(page())
    assert "✗ line 2 to look at · 1 of 2 · 2 tries left" in said
    assert "✓ done · 1 of 1" in said
    assert "✎ draft kept" in said
    assert "1 of 3 done" in said


def test_in_an_exam_nothing_but_that_it_was_handed_in_is_said(
    page: Callable[..., AppTest], publish: Publish, as_student: Student
):
    version = publish("Test", Terms(due=NOW + timedelta(hours=1), exam=True))
    hand_in(as_student, version, "one", "x = 7")
    said = screen(page())
    assert "● handed in" in said
    assert "1 of 3 handed in" in said
    assert "to look at" not in said


def test_the_teachers_mark_counts(
    page: Callable[..., AppTest], publish: Publish, as_student: Student, site: Store, teacher: Teacher, room: Classroom
):
    version = publish("Marks")
    hand_in(as_student, version, "two", "x = 4")
    assert "1 of 1" not in screen(page())
    from fractions import Fraction

    site.of_teacher(teacher.id).in_class(room.id).marks.give(as_student.id, version.set_id, "two", Fraction(1), "fine")
    assert "✓ done · 1 of 1" in screen(page())


def test_other_classes_and_drafts_of_the_teacher_are_not_shown(
    page: Callable[..., AppTest], publish: Publish, as_student: Student, site: Store, teacher: Teacher, room: Classroom
):
    publish("Ours")
    sets = site.of_teacher(teacher.id).in_class(room.id).sets
    sets.add(upload_of("draft.yaml", SET.format(title="Not yet").encode()))
    other = site.of_teacher(teacher.id).open_class("9c")
    theirs = site.of_teacher(teacher.id).in_class(other.id).sets
    theirs.publish(theirs.add(upload_of("theirs.yaml", SET.format(title="Theirs").encode())).id)
    assert [s.value for s in page().subheader] == ["Ours"]


def test_a_hostile_title_is_text(page: Callable[..., AppTest], publish: Publish, as_student: Student):
    title = "<script>x</script> **b** $x$"
    publish(title)
    tab = page()
    assert title in screen(tab)
    assert "<script" not in tab.subheader[0].proto.body
