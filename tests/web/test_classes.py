"""A teacher's home: the classes, what is new, the code, a new class."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from tests.web.of_class import Opened, button, html_of, words_of
from tests.web.seeded import Seeded
from tutor.store import Store, grouped


def test_classes_are_listed_with_what_waits(school: Seeded, page: Opened) -> None:
    shown = page("")
    assert not shown.exception
    assert [s.value for s in shown.subheader] == ["9b Mathematics", "Physics club"]
    words = words_of(shown)
    assert "28 students" in words
    assert "3 lines wait for you" in words
    assert "0 students, no problem set is published." in words


def test_the_code_is_big_and_the_link_leads_in(room, as_teacher, page: Opened) -> None:
    shown = page("")
    assert f'<div class="code-of-class">{grouped(room.code)}</div>' in html_of(shown)
    assert any(c.value.endswith(f"/join?code={grouped(room.code)}") for c in shown.code)


def test_a_new_class_is_opened_with_its_retention(site: Store, as_teacher, page: Opened) -> None:
    shown = page("")
    shown.text_input[0].set_value("10a *Physics*")
    shown.selectbox[0].set_value(0)
    shown.checkbox[0].uncheck()
    shown = button(shown, "Open the class").click().run()
    assert not shown.exception
    room = site.of_teacher(as_teacher.id).classes()[0]
    assert (room.title, room.retention_days, room.pseudonyms) == ("10a *Physics*", None, False)
    assert shown.subheader[0].value == "10a &#42;Physics&#42;"


def test_a_class_needs_a_title(site: Store, as_teacher, page: Opened) -> None:
    shown = button(page(""), "Open the class").click().run()
    assert shown.warning[0].value == "The title is empty&#46;"
    assert not site.of_teacher(as_teacher.id).classes()


def test_joining_can_be_closed_and_opened(site: Store, room, as_teacher, page: Opened) -> None:
    book = site.of_teacher(as_teacher.id).in_class(room.id)
    shown = button(page(""), "Close joining").click().run()
    assert not book.room().joining
    assert "Joining is closed" in words_of(shown)
    button(shown, "Open joining").click().run()
    assert book.room().joining
