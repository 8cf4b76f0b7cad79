"""A student sees what is stored, takes it along, and deletes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.screen import screen
from tutor.store import Store, upload_of
from tutor.store.records import Classroom, Student, Teacher

SET = b"problems:\n  - {id: one, title: First, statement: 'Solve 2x = 6', answer: x = 3}\n"


@pytest.fixture
def with_work(site: Store, teacher: Teacher, room: Classroom, as_student: Student) -> Student:
    sets = site.of_teacher(teacher.id).in_class(room.id).sets
    version = sets.publish(sets.add(upload_of("set.yaml", SET)).id)
    site.of_student(as_student.id).hand_in(version.id, "one", "x = 4")
    return as_student


def test_it_says_who_the_student_is_and_what_is_stored(
    page: Callable[..., AppTest], with_work: Student, room: Classroom
):
    tab = page("my-data")
    assert not tab.exception
    said = screen(tab)
    assert "In the class **8b**" in said
    assert "you are **Bo**" in said
    assert "1 piece handed in" in said
    assert f"It is deleted after {room.retention_days} days." in said


def test_it_can_be_taken_along(page: Callable[..., AppTest], with_work: Student, site: Store):
    assert page("my-data").get("download_button")[0].label == "Download my data"
    assert [a["work"] for a in site.of_student(with_work.id).export()["attempts"]] == ["x = 4"]


def test_looking_at_the_page_is_no_export(page: Callable[..., AppTest], with_work: Student, site: Store):
    page("my-data")
    assert [e["what"] for e in site.of_student(with_work.id).export()["events"]] == ["joined", "exported"]


def test_nothing_is_deleted_until_the_name_is_typed(
    page: Callable[..., AppTest], with_work: Student, site: Store, teacher: Teacher, room: Classroom
):
    tab = page("my-data")
    delete = next(b for b in tab.button if b.label == "Delete everything of mine")
    assert delete.disabled
    tab = tab.text_input[0].set_value("Ann").run()
    assert next(b for b in tab.button if b.label == "Delete everything of mine").disabled
    assert "This is not your name" in screen(tab)
    tab = tab.text_input[0].set_value("Bo").run()
    tab = next(b for b in tab.button if b.label == "Delete everything of mine").click().run()
    assert "Everything of yours is deleted" in screen(tab)
    assert "Bo" not in {s.name for s in site.of_teacher(teacher.id).in_class(room.id).students.all()}


def test_a_hostile_name_is_text(
    page: Callable[..., AppTest], site: Store, room: Classroom, sign_in: Callable[[Student], None]
):
    name = "<i>x</i> **b** $y$"
    sign_in(site.door.join(room.code, name, "10.0.0.3").student)
    tab = page("my-data")
    assert f"you are **{name}**" in screen(tab)
    assert not any("<i>" in m.value for m in tab.markdown)
