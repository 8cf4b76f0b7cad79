"""Chromium, and what is held of every tab of a test: it asks nobody but the site, and runs no strange script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.web.browser.served import Served
from tutor.store.records import Student, Teacher
from web.resources import COOKIE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()
LAPTOP, PHONE = 1280, 390
HEIGHTS = {LAPTOP: 900, PHONE: 844}
SLOW_MS = 30_000  # on a busy machine; nothing here waits for a time to pass


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that the machine has; none is downloaded."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Tabs:
    """Opens tabs on the site. outside: what they asked of other hosts; dialogs: what scripts put up; broken: errors."""

    browser: Browser
    site: Served
    outside: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self,
        path: str = "/",
        *,
        person: Teacher | Student | None = None,
        width: int = LAPTOP,
        dark: bool = False,
        language: str = "en-GB",
        **more: Any,
    ) -> Page:
        """A tab of a browser that was never here before; person: signed in already."""
        context = self.browser.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            color_scheme="dark" if dark else "light",
            locale=language,
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
            accept_downloads=True,
            **more,
        )
        self.contexts.append(context)
        context.set_default_timeout(SLOW_MS)
        if person is not None:
            context.add_cookies(
                [{"name": COOKIE, "value": self.site.store.sessions.begin(person), "url": self.site.url}]
            )
        context.on("request", lambda request: self._asked(request.url))
        page = context.new_page()
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        go(page, f"{self.site.url}{path}")
        return page

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != urlsplit(self.site.url).netloc:
            self.outside.append(url)

    def pictures(self, folder: Path, name: str) -> list[Path]:
        """What every tab shows now."""
        folder.mkdir(exist_ok=True)
        pages = [page for context in self.contexts for page in context.pages]
        paths = [folder / f"{name}-{n}.png" for n in range(len(pages))]
        for page, path in zip(pages, paths, strict=True):
            page.screenshot(path=path)
        return paths

    def close(self) -> None:
        """Close them all; nothing may have gone wrong in any."""
        for context in self.contexts:
            context.close()
        assert not self.outside, "asked of another host"
        assert not self.dialogs, "a script that is no script of ours ran"
        assert not self.broken, "a script of the site broke"


def go(page: Page, url: str) -> None:
    """Open an address, and wait until it is drawn."""
    page.goto(url)
    settled(page)


def settled(page: Page) -> None:
    """Wait until Streamlit has drawn the page, and its editor is there; at once on a page without Streamlit."""
    page.wait_for_function(
        """() => {
          const app = document.querySelector('[data-testid="stApp"]');
          if (!document.querySelector('#root')) return document.readyState === 'complete';
          if (!app || app.dataset.testScriptState !== 'notRunning' || app.dataset.testConnectionState !== 'CONNECTED')
            return false;
          if (document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"]')) return false;
          if (document.querySelector('[data-stale="true"]')) return false;
          if (!document.querySelector('[data-testid="stMain"] h1, [data-testid="stMain"] .tutor-bar')) return false;
          return true;
        }"""
    )
