"""What holds of every page: axe finds no serious violation, light and dark; a phone never scrolls sideways."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from tests.web.browser.tabs import PHONE, Tabs, go, settled
from tests.web.browser.tour import STOPS, Scene

AXE = Path(__file__).parent / "axe" / "axe.min.js"
SERIOUS = ("serious", "critical")
RUN_AXE = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  return found.violations.map(v => ({id: v.id, impact: v.impact, help: v.help,
    nodes: v.nodes.map(n => [n.target.flat().join(' '), n.failureSummary.split('\\n').slice(1).join(' ').trim()])}));
}"""
WIDER = """() => [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect();
  if (box.width === 0 || box.right <= innerWidth + 1) return false;
  for (let up = e.parentElement; up; up = up.parentElement)
    if (up.dataset.testid !== 'stMain' && ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX))
      return false;
  return true;
}).slice(0, 5).map(e => `${e.tagName} .${e.className} ${e.dataset.testid} to ${e.getBoundingClientRect().right}`)"""


def serious(page: Page) -> list[str]:
    """What axe finds on the page as it is, as lines to read."""
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))  # as a script element our own policy would refuse it
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {where}: {why}"
        for found in page.evaluate(RUN_AXE)
        if found["impact"] in SERIOUS
        for where, why in found["nodes"]
    ]


@pytest.mark.parametrize("who", ["guest", "student", "teacher"])
def test_every_page_is_accessible_and_fits_a_phone(tabs: Tabs, scene: Scene, who: str):
    found: list[str] = []
    page = tabs.open("/healthz", person=scene.person(who), width=PHONE)
    for stop in STOPS:
        if stop.who != who:
            continue
        page.emulate_media(color_scheme="light")
        go(page, tabs.site.url + stop.path.format(**scene.blanks))
        if stop.do is not None:
            stop.do(page)
        found += [f"{stop.name} on a phone: {wide}" for wide in page.evaluate(WIDER)]
        found += [f"{stop.name}: {said}" for said in serious(page)]
        page.emulate_media(color_scheme="dark")
        settled(page)
        page.wait_for_timeout(300)  # colours fade over
        assert page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
        dark = page.evaluate(
            "() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]') ?? document.body).backgroundColor"
        )
        assert dark == "rgb(20, 24, 29)", f"{stop.name} stays {dark} in the dark"
        found += [f"{stop.name}, dark: {said}" for said in serious(page)]
    assert not found, "\n".join(dict.fromkeys(found))


def test_every_page_is_on_the_tour():
    def offered() -> None:
        import streamlit as st

        from web.views import pages_for

        st.json({role: [page.url_path for page in pages_for(role)] for role in ("guest", "student", "teacher")})

    shown = json.loads(AppTest.from_function(offered).run().json[0].value)
    toured = {(stop.who, stop.page) for stop in STOPS}
    missing = {(who, path) for who, paths in shown.items() for path in paths} - toured
    assert missing <= {("student", "practice"), ("teacher", "practice")}  # as the guest's
