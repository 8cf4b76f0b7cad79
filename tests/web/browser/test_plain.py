"""Hostile text is on the screen as it was written, in a browser, and sends for nothing."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.web.test_plain import HOSTILE, ROOT, SCRIPT
from web.parts.plain import JOINER


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
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


def test_hostile_text_is_on_the_screen_as_it_was_written(chromium_browser: Browser, address: str):
    asked: list[str] = []
    context = chromium_browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.get_by_text("the end").wait_for(timeout=60_000)
    shown = page.locator("[data-testid=stMarkdownContainer]")
    said = [text.replace(JOINER, "").replace("\xa0", "") for text in shown.all_inner_texts()]
    made = page.locator(
        "[data-testid=stMarkdown] :is(a, img, script, h1, h2, h3, ul, ol, table, code, em, .katex, hr, del, span)"
    )
    assert made.count() == 0
    context.close()
    assert [text for text in said if text.startswith("Given")] == [f"Given: {text}!" for text in HOSTILE]
    assert all(url.startswith((address, "data:")) for url in asked)
