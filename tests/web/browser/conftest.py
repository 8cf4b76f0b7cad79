"""One site and one Chromium for all tests of this folder; where there is no Chromium, they are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
from playwright.sync_api import Browser

from tests.web.browser.served import Served, served
from tests.web.browser.tabs import CHROMIUM, Tabs, chromium
from tests.web.browser.tour import Scene, scene_of

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in one process of pytest-xdist (`--dist loadgroup`), which starts one site for them."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Where a test fails, what its tabs show then is kept as pictures beside those of `screenshots.py`."""
    report = yield
    tabs = getattr(item, "funcargs", {}).get("tabs")
    if report.when == "call" and report.failed and tabs is not None:
        for path in tabs.pictures(HERE / "shots", f"failed-{item.name}"):
            report.sections.append(("picture", str(path)))
    return report


@pytest.fixture(scope="session")
def served_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site, with nobody in it at first."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here; Debian has it as `chromium`")
    with served(tmp_path_factory.mktemp("served")) as site:
        yield site


@pytest.fixture(scope="session")
def chromium_browser(served_site: Served) -> Iterator[Browser]:
    """The browser; every tab of a test is one of a visitor who was never there."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def scene(served_site: Served) -> Scene:
    """A class in full swing."""
    return scene_of(served_site.store)


@pytest.fixture
def tabs(chromium_browser: Browser, served_site: Served) -> Iterator[Tabs]:
    """Opens tabs; after the test, none may have asked another host, run a strange script, or broken."""
    opened = Tabs(chromium_browser, served_site)
    yield opened
    opened.close()
