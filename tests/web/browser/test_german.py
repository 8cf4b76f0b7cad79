"""The site in the language that the browser asks for, or that the reader chooses."""

from __future__ import annotations

from tests.web.browser.tabs import Tabs, settled
from tests.web.browser.tour import Scene


def language_of(page) -> str:
    return page.evaluate("() => document.documentElement.lang")


def test_a_german_browser_is_spoken_to_in_german_until_its_reader_wants_english(tabs: Tabs, scene: Scene):
    path = "/problem?set={set}&problem=minus-bracket".format(**scene.blanks)
    page = tabs.open(path, person=scene.student, language="de-DE")
    page.get_by_role("heading", name="Sieh dir zuerst Zeile 1 noch einmal an").wait_for()
    settled(page)
    assert page.get_by_role("button", name="Prüfen", exact=True).is_visible()
    assert page.get_by_role("group", name="Zeile 1: falsch").is_visible()
    assert page.get_by_role("link", name="Abmelden").is_visible()
    assert language_of(page) == "de"
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="The first line to look at again is line 1").wait_for()
    settled(page)
    assert language_of(page) == "en"

    form = tabs.open("/join", language="de-DE")
    assert form.get_by_role("heading", name="Tritt deiner Klasse bei").is_visible()
    assert language_of(form) == "de"
