"""A student from the code of the class to the last line, by mouse and by keyboard; the database holds just that."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.web.browser.served import Served
from tests.web.browser.tabs import settled
from tutor.store import Terms, upload_of
from tutor.store.records import Classroom, State

SET = b"""title: Brackets
problems:
  - id: bracket
    title: A bracket
    statement: Solve 2(x + 3) = 8
    answer: x = 1
    marks: 3
"""
WRONG = ["2x+3 = 8", "2x = 5", "x = 2.5"]
MENDED = ["2x+6 = 8", "2x = 2", "x = 1"]


@pytest.fixture
def room(served_site: Served, request: pytest.FixtureRequest) -> Classroom:
    """A class of its own for each test, with one problem."""
    teachers = served_site.store.teachers
    teacher = teachers.add(f"{request.node.name}@example.org", "correct horse battery", "Ms Lovelace")
    desk = served_site.store.of_teacher(teacher.id)
    opened = desk.open_class("8b")
    book = desk.in_class(opened.id)
    book.sets.publish(book.sets.add(upload_of("brackets.yaml", SET), Terms()).id)
    return opened


def write(page: Page, lines: list[str]) -> None:
    """Type lines where the caret is; Enter makes the next."""
    page.wait_for_timeout(300)  # MathLive takes keys a moment after it has the focus
    for n, line in enumerate(lines):
        if n:
            page.keyboard.press("Enter")
        page.keyboard.type(line, delay=15)
    page.wait_for_timeout(300)
    settled(page)


def field(page: Page, line: int):
    return page.get_by_test_id(f"line-{line}")


def replace(page: Page, line: str) -> None:
    """Type a line in place of the one in which the caret is."""
    page.wait_for_timeout(300)
    page.keyboard.press("Control+a")
    write(page, [line])


def rewrite(page: Page, lines: list[str]) -> None:
    """Put other lines in place of those that are there."""
    for n, line in enumerate(lines, 1):
        field(page, n).click()
        replace(page, line)


def kept(site: Served, room: Classroom, name: str) -> dict:
    """What the database holds of the student of that name: works with first wrong line and mark, hints, drafts."""
    book = site.store.of_teacher(room.teacher_id).in_class(room.id)
    student = next(each for each in book.students.all() if each.name == name)
    place = site.store.of_student(student.id)
    version = place.sets()[0]
    works = place.attempts()
    return {
        "works": [
            (a.problem_id, a.work.splitlines(), a.checked.report["first_wrong"], a.checked.report["mark"]["earned"])
            for a in works
        ],
        "hints": [[(h.line, h.rung) for h in place.hints(a.id)] for a in works],
        "drafts": {name: draft.work.splitlines() for name, draft in place.drafts(version.set_id).items()},
        "objections": place.objections(),
    }


def test_a_student_joins_goes_wrong_takes_hints_mends_and_comes_back(tabs, served_site, room):
    page = tabs.open(f"/join?code={room.code}")
    page.get_by_label("Your name in the class").fill("Bo")
    page.get_by_role("button", name="Join the class").click()
    own_code = page.locator("#personal").inner_text()
    page.get_by_role("link", name="Go to your class").click()
    settled(page)
    page.get_by_role("link", name="A bracket").click()
    page.get_by_role("heading", name="A bracket").wait_for()
    field(page, 1).click()
    write(page, WRONG)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="The first line to look at again is line 1").wait_for()
    settled(page)
    line = page.get_by_role("group", name="Line 1: wrong")
    assert "x = 1 solves the problem, but here the left side is 5 and the right side is 8." in line.inner_text()
    assert page.get_by_role("group", name="Line 2: follows through").is_visible()
    taken = 0
    while True:
        button = page.get_by_role("button", name="for line 1").or_(page.get_by_role("button", name="Show what went"))
        if not button.count():
            break
        button.click()
        taken += 1
        page.locator(".rung").nth(taken - 1).wait_for()
        settled(page)
    assert taken >= 2
    assert page.locator(".rung").last.locator("b").inner_text() == "What went wrong"

    rewrite(page, MENDED)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="Every line holds").wait_for()
    settled(page)
    assert "Your answer, x = 1, is right." in page.locator(".outcome").inner_text()

    again = tabs.open("/come-back")
    again.get_by_label("Code of the class").fill(room.code)
    again.get_by_label("Your name in the class").fill("Bo")
    again.get_by_label("Your own code").fill(own_code)
    again.get_by_role("button", name="Come in").click()
    settled(again)
    again.get_by_text("done · 3 of 3").wait_for()
    again.get_by_role("link", name="A bracket").click()
    again.get_by_role("heading", name="Every line holds").wait_for()

    assert kept(served_site, room, "Bo") == {
        "works": [
            ("bracket", WRONG, 0, "2"),
            ("bracket", MENDED, None, "3"),
        ],
        "hints": [[(0, n) for n in range(1, taken + 1)], []],
        "drafts": {},
        "objections": [],
    }
    book = served_site.store.of_teacher(room.teacher_id).in_class(room.id)
    assert [each.name for each in book.students.all()] == ["Bo"]
    assert len(book.sets.all(State.PUBLISHED)) == 1


def test_the_whole_way_by_keyboard_alone(tabs, served_site, room):
    page = tabs.open("/")
    press_to(page, "Join a class")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Join your class").wait_for()
    page.locator("#code:focus").wait_for()
    page.keyboard.type(room.code)  # the first field has the focus
    page.keyboard.press("Tab")
    page.keyboard.type("Cy")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your own code").wait_for()
    press_to(page, "Go to your class")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Problems", exact=True).wait_for()
    settled(page)
    press_to(page, "A bracket")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="A bracket").wait_for()
    settled(page)
    press_to(page, "Line 1 of your work")
    write(page, WRONG)
    press_to(page, "Check")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The first line to look at again is line 1").wait_for()
    settled(page)
    press_to(page, "A hint for line 1")
    page.keyboard.press("Enter")
    page.locator(".rung").first.wait_for()
    settled(page)
    for n, line in enumerate(MENDED, 1):
        press_to(page, f"Line {n} of your work", back=n == 1)
        replace(page, line)
    press_to(page, "Check")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Every line holds").wait_for()
    found = kept(served_site, room, "Cy")
    assert [(lines, wrong) for _, lines, wrong, _ in found["works"]] == [(WRONG, 0), (MENDED, None)]
    assert found["hints"] == [[(0, 1)], []]


NAME_OF_FOCUS = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement && at.tagName !== 'MATH-FIELD') at = at.shadowRoot.activeElement;
  return (at?.getAttribute('aria-label') || at?.innerText || at?.getAttribute('placeholder') || '').trim();
}"""


def press_to(page: Page, name: str, *, back: bool = False) -> None:
    """Press Tab until the focus is on what has this name."""
    seen = []
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        seen.append(page.evaluate(NAME_OF_FOCUS))
        if seen[-1] == name:
            return
    raise AssertionError(f"Tab does not lead to {name!r}, but to {seen}")
