"""`python -m tests.web.browser.screenshots [NAME …]`: every page at 390 and 1280 px, light and dark, as PNG files.

They lie in `tests/web/browser/shots/`, which git ignores; those of the README are made anew in `web/shots/`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.web.browser.served import served
from tests.web.browser.tabs import LAPTOP, PHONE, Tabs, chromium, settled
from tests.web.browser.tour import STOPS, scene_of

SHOTS = Path(__file__).parent / "shots"
README = Path(__file__).resolve().parents[3] / "web" / "shots"
OF_README = {"practice-checked-390-light": ("student.png", 1320), "class-1280-light": ("teacher.png", 1000)}
TALLEST = 6_000


def main(names: list[str]) -> None:
    """Make the pictures of those pages, or of all."""
    SHOTS.mkdir(exist_ok=True)
    README.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site, chromium() as browser:
        scene = scene_of(site.store)
        for stop in STOPS:
            if names and stop.name not in names:
                continue
            for width in (PHONE, LAPTOP):
                tabs = Tabs(browser, site)
                page = tabs.open(stop.path.format(**scene.blanks), person=scene.person(stop.who), width=width)
                if stop.do is not None:
                    stop.do(page)
                for shade in ("light", "dark"):
                    page.emulate_media(color_scheme=shade)
                    settled(page)
                    _take(page, width, f"{stop.name}-{width}-{shade}")
                tabs.close()


def _take(page: Page, width: int, name: str) -> None:
    """The whole page, which Streamlit lets scroll within itself."""
    height = page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]')?.scrollHeight ?? 0")
    if height:
        page.set_viewport_size({"width": width, "height": min(max(height, 600), TALLEST)})
    page.wait_for_timeout(500)  # colours fade over
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    print(SHOTS / f"{name}.png")
    if name in OF_README:
        file, most = OF_README[name]
        clip = {"x": 0, "y": 0, "width": width, "height": min(most, page.viewport_size["height"])}
        page.screenshot(path=README / file, clip=clip)


if __name__ == "__main__":
    main(sys.argv[1:])
