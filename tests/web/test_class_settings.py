"""What holds for a class, who looked at what, and its end."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from tests.web.of_class import Opened, book_of, button, html_of, words_of
from tests.web.seeded import Seeded
from tutor.store import Store
from web.views.class_settings import retention_in_words


@pytest.fixture
def opened(school: Seeded, page: Opened):
    return page("class-settings", **{"class": str(school.room.id)})


def test_settings_are_shown_in_plain_words_and_changed(opened, site: Store, school: Seeded) -> None:
    assert "Work is deleted 400 days after it was handed in." in words_of(opened)
    next(t for t in opened.text_input if t.label == "Title").set_value("9b")
    opened.selectbox[0].set_value(0)
    opened.checkbox[0].uncheck()
    shown = button(opened, "Save").click().run()
    room = book_of(site, school).room()
    assert (room.title, room.retention_days, room.pseudonyms) == ("9b", None, False)
    assert "Work is kept until you delete it." in words_of(shown)


def test_a_month_is_thirty_days() -> None:
    assert retention_in_words(1) == "Work is deleted 1 day after it was handed in."


def test_joining_and_the_code(opened, site: Store, school: Seeded) -> None:
    shown = button(opened, "Close joining").click().run()
    assert not book_of(site, school).room().joining
    button(shown, "Draw a new class code").click().run()
    assert book_of(site, school).room().code != school.room.code


def test_who_looked_at_what_is_listed_once(site: Store, school: Seeded, page: Opened) -> None:
    for _again in range(3):
        page("class-roster", **{"class": str(school.room.id)})
    html = html_of(page("class-settings", **{"class": str(school.room.id)}))
    assert html.count("<td>roster viewed</td>") == 1
    assert "<td>you</td>" in html


def test_the_class_goes_only_with_its_title(opened, site: Store, school: Seeded) -> None:
    label = "Delete the class with all its data"
    shown = button(opened, label).click().run()
    assert "nothing was deleted" in shown.warning[0].value
    next(t for t in shown.text_input if t.label.startswith("To go on")).set_value("9b Mathematics")
    button(shown, label).click().run()
    assert [room.title for room in site.of_teacher(school.teacher.id).classes()] == ["Physics club"]
