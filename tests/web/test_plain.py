"""Hostile text is on the screen as it was written, in a browser, and sends for nothing."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("streamlit")
from web.parts.plain import JOINER, escaped, in_html, visible

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


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("playwright")
    if shutil.which("chromium") is None:
        pytest.skip("there is no chromium")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = tmp_path_factory.mktemp("page") / "page.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{SCRIPT}", encoding="utf-8")
    options = [f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), *options, "--server.fileWatcherType=none"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


def test_hostile_text_is_on_the_screen_as_it_was_written(address: str):
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as play:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                   "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.get_by_text("the end").wait_for(timeout=60_000)
        shown = page.locator("[data-testid=stMarkdownContainer]")
        said = [text.replace(JOINER, "").replace("\xa0", "") for text in shown.all_inner_texts()]
        made = page.locator(
            "[data-testid=stMarkdown] :is(a, img, script, h1, h2, h3, ul, ol, table, code, em, .katex, hr, del, span)"
        )
        assert made.count() == 0
        browser.close()
    assert [text for text in said if text.startswith("Given")] == [f"Given: {text}!" for text in HOSTILE]
    assert all(url.startswith((address, "data:")) for url in asked)
