"""What stands above every page: who is there, the pages, the ways in and out, the language."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")


def bar(tab) -> str:
    return next(html.proto.body for html in tab.get("html") if "tutor-bar" in html.proto.body)


def test_a_guest_is_shown_the_ways_in(as_guest, page):
    shown = bar(page())
    assert all(f'href="{path}"' in shown for path in ("/join", "/come-back", "/teacher"))
    assert "/sign-out" not in shown


def test_a_student_sees_the_name_and_the_way_out(as_student, page):
    shown = bar(page())
    assert "<strong>Bo</strong>" in shown
    assert 'href="/sign-out"' in shown
    assert "/join" not in shown


def test_the_other_languages_are_offered_in_their_own_words(as_guest, page, monkeypatch):
    assert '<button name="language" value="de" lang="de">Deutsch</button>' in bar(page())
    monkeypatch.setattr("web.words.language", lambda: "de")
    shown = bar(page())
    assert 'lang="en">English</button>' in shown
    assert "Deutsch" not in shown


def test_pages_that_are_opened_from_others_are_not_listed(as_student, page):
    links = [link.proto.page for link in page().get("page_link")]
    assert "practice" in links
    assert "problem" not in links
