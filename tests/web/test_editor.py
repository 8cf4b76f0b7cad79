"""The editor: what is written in it stays, and can be replaced and taken back."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from web.parts.editor import put_work, work_editor

    draft = work_editor("p", "2x = 4")
    st.button("Replace", on_click=put_work, args=("p", "x = 3"))
    st.json(list(draft.lines))


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr("web.words.language", lambda: "en")
    return AppTest.from_function(page, default_timeout=30).run()


@pytest.fixture
def plain(editor: AppTest) -> AppTest:
    return editor.button_group[0].set_value(False).run()


def test_what_was_saved_stands_there_and_what_is_typed_takes_its_place(plain: AppTest):
    editor = plain
    assert editor.json[0].value == '["2x = 4"]'
    editor.text_area[0].set_value("2x = 4\nx = 2").run()
    assert editor.json[0].value == '["2x = 4", "x = 2"]'


def test_what_another_part_puts_there_is_shown(plain: AppTest):
    editor = plain
    editor.text_area[0].set_value("x = 2").run()
    editor.button[0].click().run()
    assert editor.text_area[0].value == "x = 3"
    assert editor.json[0].value == '["x = 3"]'
