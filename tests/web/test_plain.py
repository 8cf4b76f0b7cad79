"""Hostile text is on the screen as it was written, in a browser, and sends for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("streamlit")
from web.parts.plain import escaped, in_html, visible

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "$x^2$ and $$\\href{javascript:alert(1)}{y}$$ \\(z\\)",
    "**b** _i_ `c` ~~s~~ [^1]",
    ":red[hot] :smile: :material/home: :streamlit: :small[x] :red-badge[x]",
    "-> <- <-> -- >= <= ~= ...",
    "http://evil.example/x www.evil.example a@evil.example",
    "[l](http://evil.example) ![i](http://evil.example/i.png)",
    "# head",
    "1. one",
    "- dash",
    "> quote",
    ":::note",
    "---",
    "&lt;b&gt; &amp; &#60;",
    "a\n\nb\n# c\n|a|b|\n|-|-|\n|1|2|",
    "=\n===",
]
SCRIPT = """
import streamlit as st
from tests.web.test_plain import HOSTILE
from web.parts.plain import escaped
for text in HOSTILE:
    st.markdown(f"Given: **{escaped(text)}**!")
st.text("the end")
"""


@pytest.mark.parametrize("text", HOSTILE)
def test_no_character_that_markdown_knows_is_left_bare(text: str):
    for bare in "*_`$[]()<>:~|\\!@^{}=\"'-.+":
        assert bare not in escaped(text)


def test_letters_that_hide_or_turn_text_are_made_visible():
    assert visible("a\u202eb\x00c\ud800") == "a\ufffdb\ufffdc?"
    assert escaped("\u202e") == "\ufffd"
    assert in_html("<a href='x'>\u202e") == "&lt;a href=&#x27;x&#x27;&gt;\ufffd"
