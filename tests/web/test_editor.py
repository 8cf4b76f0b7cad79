"""The editor: what is written in it stays, and can be replaced and taken back."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.screen import screen
from web.parts.editor import _paste
from web.state import Editing


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


def write(editor: AppTest, lines: list[str], revision: int = 0) -> AppTest:
    editor.session_state["p-fields"] = {"work": {"revision": revision, "lines": lines}}
    return editor.run()


def test_lines_in_notation_become_typed_lines_and_stay_what_they_were(editor: AppTest):
    write(editor, [r"\frac12x=4", "", r"\text{so }x=8"])
    assert json.loads(editor.json[0].value) == ["(1/2)x = 4", "", "so x = 8"]
    editor.button_group[0].set_value(False).run()
    assert editor.text_area[0].value == "(1/2)x = 4\n\nso x = 8"
    editor.button_group[0].set_value(True).run()
    assert editor.session_state["editors"]["p"].notation["(1/2)x = 4"] == r"\frac12x=4"
    assert json.loads(editor.json[0].value) == ["(1/2)x = 4", "", "so x = 8"]


def test_what_a_field_sends_late_does_not_undo_a_replacement(editor: AppTest):
    editor.button[0].click().run()
    write(editor, ["x=7"], revision=0)
    assert json.loads(editor.json[0].value) == ["x = 3"]


def test_a_replacement_can_be_taken_back(plain: AppTest):
    plain.text_area[0].set_value("x = 2").run()
    plain.button[0].click().run()
    next(b for b in plain.button if b.label == "Take the last change back").click().run()
    assert plain.text_area[0].value == "x = 2"


@pytest.mark.parametrize("said", [{"lines": "x"}, {"lines": [1]}, {"lines": ["x"] * 9_999}, ["x"], {"revision": 0}])
def test_what_no_editor_sends_changes_nothing(editor: AppTest, said: object):
    editor.session_state["p-fields"] = {"work": {"revision": 0, **said} if isinstance(said, dict) else said}
    editor.run()
    assert not editor.exception
    assert json.loads(editor.json[0].value) == ["2x = 4"]


def test_a_pasted_page_goes_in_line_by_line_where_the_caret_is():
    now = Editing("a = 1\n\nb = 2")
    said = {"revision": 0, "lines": ["a=1", "", "b=2"], "place": 1, "text": "2x = 4\n\n x = 2"}
    assert _paste(now, said)
    assert now.text == "a = 1\n2x = 4\nx = 2\nb = 2"
    assert now.focus == 2
    assert _paste(now, {"revision": now.revision, "lines": [], "place": 0, "text": "c = 3"})
    assert now.text.splitlines()[:2] == ["a = 1", "c = 3"]


def test_how_lines_are_read_is_said_while_they_are_written(plain: AppTest):
    plain.text_area[0].set_value("2x = 4\n2(x+3 = 8\nthen I $halve$ <b>it</b>").run()
    said = screen(plain)
    assert "I cannot read line 2 yet. After “2(x+3”: Close the bracket you opened." in said
    assert "2x = 4" in said
    assert not any("<b>" in m.value or "$halve$" in m.value for m in plain.markdown)
    plain.text_area[0].set_value("2x = 4\nx = 2").run()
    assert "I can read all 2 lines." in screen(plain)
