"""`python -m tests.web.browser.screenshots [NAME …]`: every page at 390 and 1280 px, light and dark, as PNG files.

They lie in `tests/web/browser/shots/`, which git ignores; the two of the README are made anew in `web/shots/` when all
pages are asked for.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.web.browser.served import served
from tests.web.browser.tabs import LAPTOP, PHONE, Tabs, chromium, settled
from tests.web.browser.tour import STOPS, scene_of

HERE = Path(__file__).parent
SHOTS = HERE / "shots"


def main(names: list[str]) -> None:
    """Make the pictures of those pages, or of all."""
    SHOTS.mkdir(exist_ok=True)
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
                for dark in (False, True):
                    page.emulate_media(color_scheme="dark" if dark else "light")
                    settled(page)
                    page.wait_for_timeout(400)
                    path = SHOTS / f"{stop.name}-{width}-{'dark' if dark else 'light'}.png"
                    height = page.evaluate(
                        "() => document.querySelector('[data-testid=\"stMain\"]')?.scrollHeight ?? 0"
                    )
                    if height:
                        page.set_viewport_size({"width": width, "height": min(max(height + 20, 600), 6000)})
                        page.wait_for_timeout(300)
                    page.screenshot(path=path, full_page=True)
                    print(path)
                tabs.close()


if __name__ == "__main__":
    main(sys.argv[1:])
