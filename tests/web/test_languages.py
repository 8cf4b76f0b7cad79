"""The catalogues hold every text of the site, translated whole; what is compiled is what was translated."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("babel")
from babel.messages import Message

from tests import languages
from web.words import LANGUAGES, best_of

OTHERS = sorted(set(LANGUAGES) - {"en"})
BLANK = re.compile(r"\{(\w*)\}")
AGAIN = "bring the catalogues up to date: python -m tests.languages"


def said(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def english(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


@pytest.fixture(scope="module")
def texts():
    return {message.id for message in languages.entries(languages.texts())}


def test_the_template_holds_every_text(texts):
    assert {message.id for message in languages.entries(languages.read(languages.TEMPLATE))} == texts, AGAIN


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_text(texts, code):
    catalogue = languages.read(languages.po_of(code), code)
    assert {message.id for message in languages.entries(catalogue)} == texts, AGAIN
    empty = [message.id for message in languages.entries(catalogue) if not all(said(message)) or message.fuzzy]
    assert not empty, f"to translate in {languages.po_of(code)}"


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_loses_a_blank_or_makes_one_up(code):
    for message in languages.entries(languages.read(languages.po_of(code), code)):
        wanted = {name for form in english(message) for name in BLANK.findall(form)}
        least = set.intersection(*(set(BLANK.findall(form)) for form in english(message)))
        for form in said(message):
            found = set(BLANK.findall(form))
            assert least <= found <= wanted, f"{message.id!r}: {form!r}"
            assert form.count("{") == form.count("}") == len(BLANK.findall(form)), form


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_keeps_the_marks_of_its_text(code):
    for message in languages.entries(languages.read(languages.po_of(code), code)):
        for mark in ("**", "`", "\n", "←", "<"):
            for form in said(message):
                assert (form.count(mark) > 0) == (english(message)[-1].count(mark) > 0), f"{mark!r} in {form!r}"


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_compiled_is_what_was_translated(code):
    path = languages.po_of(code)
    assert path.with_suffix(".mo").read_bytes() == languages.compiled(languages.read(path, code)), AGAIN


def test_a_page_speaks_german(monkeypatch, page, as_guest):
    monkeypatch.setattr("web.words.language", lambda: "de")
    shown = page()
    assert not shown.exception
    assert shown.title[0].value == "Prüfe deinen Lösungsweg"
    assert "Prüfen" in [button.label for button in shown.button]


def test_a_language_that_there_is_not_is_english():
    assert best_of("", "fr") == "en"
