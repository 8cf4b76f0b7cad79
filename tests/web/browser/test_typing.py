"""What is typed in the mathematics editor is read as the same keys are in plain text."""

from __future__ import annotations

import pytest

from tests.web.browser.served import Served
from tests.web.browser.tabs import Tabs, go, settled
from tutor.reading.mathfield import typed
from tutor.syntax.read import read
from tutor.syntax.tree import Bracket, Node, rebuild

LINES = """
v = 100 m/8 s
y = 1/2
y = 3x/4
y = (a + b)/2
y = 12/4x
y = sqrt(x + 3)/2
y = sqrt 2
y = x^12 + 2^10
y = x^(n + 1) + 1
y = x^(1/2)
y = x^2/3
y = x^2y + x_1^2 + 3
d = 10^-3 m
v = v_0+at
v = v_0^2/2
(x + 1)^2 = x^2 + 2x + 1
x = (-3 + sqrt(9 + 16))/2 or x = 1
""".strip().splitlines()


def bare(node: Node) -> Node:
    return bare(node.inner) if isinstance(node, Bracket) else rebuild(node, bare)


def written(page) -> list[str]:
    return [field.evaluate("field => field.getValue()") for field in page.locator("math-field").all()]


@pytest.fixture
def lines(tabs: Tabs) -> list[str]:
    """What stands in the fields, as it is taken."""
    page = tabs.open("/")
    page.get_by_test_id("line-1").click()
    page.wait_for_timeout(300)  # MathLive takes keys a moment after it has the focus
    for n, line in enumerate(LINES):
        if n:
            page.keyboard.press("Enter")
        page.keyboard.type(line, delay=10)
    page.wait_for_timeout(300)
    settled(page)
    return [typed(line) for line in written(page)]


def test_keys_are_read_as_in_plain_text(lines: list[str]):
    plain = {line: line.replace("sqrt 2", "sqrt(2)") for line in LINES}
    assert {line: bare(read(found)) for line, found in zip(LINES, lines, strict=True)} == {
        line: bare(read(text)) for line, text in plain.items()
    }


def test_a_reload_keeps_what_a_guest_has_written_and_another_problem_does_not_get_it(tabs: Tabs, served_site: Served):
    page = tabs.open("/?problem=Solve+2x=4")
    page.get_by_test_id("line-1").click()
    page.wait_for_timeout(300)
    page.keyboard.type("x=3", delay=10)
    page.reload()
    settled(page)
    page.get_by_test_id("line-1").wait_for()
    assert written(page) == ["x=3"]
    page.get_by_text("I can read your line.").wait_for()
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("group", name="Line 1: wrong").wait_for()
    go(page, f"{served_site.url}/?problem=Solve+3x=9")
    page.get_by_test_id("line-1").wait_for()
    assert written(page) == [""]


def test_pasted_work_is_checked(tabs: Tabs):
    page = tabs.open("/?problem=Solve+2x=4", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_test_id("line-1").click()
    page.wait_for_timeout(600)
    page.evaluate("navigator.clipboard.writeText('2x = 4\\nx = 3')")
    page.keyboard.press("Control+v")
    page.get_by_test_id("line-2").wait_for()
    page.wait_for_timeout(600)
    settled(page)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("group", name="Line 2: wrong").wait_for()
