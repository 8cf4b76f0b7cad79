"""What students and teachers write is shown as they wrote it, and nothing of it runs; `Tabs.close` asserts that."""

from __future__ import annotations

from tests.web.browser.tabs import settled
from tutor.store import Terms, upload_of

SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
SET = f"""title: '{SCRIPT} $\\href{{javascript:alert(3)}}{{x}}$'
problems:
  - id: one
    title: '{SCRIPT} :red[red]'
    statement: '{SCRIPT} ![](http://outside.example/a.png) Solve 2x = 4'
    answer: x = 2
"""


def test_script_in_a_name_a_statement_a_line_and_a_file_is_text(tabs, served_site):
    store = served_site.store
    teacher = store.teachers.add("mallory@example.org", "correct horse battery", SCRIPT)
    desk = store.of_teacher(teacher.id)
    room = desk.open_class(SCRIPT)
    book = desk.in_class(room.id)
    version = book.sets.publish(book.sets.add(upload_of("set.yaml", SET.encode()), Terms()).id)
    student = store.door.join(room.code, SCRIPT[:60], "10.0.0.9").student

    page = tabs.open("/", person=student)
    assert page.get_by_text(SCRIPT[:60]).first.is_visible()
    page.get_by_role("link", name=SCRIPT).click()
    page.get_by_role("button", name="Check", exact=True).wait_for()
    settled(page)
    assert page.get_by_role("heading", name=SCRIPT).is_visible()
    shown = page.get_by_test_id("stMain").inner_text().replace("\N{WORD JOINER}", "")
    assert "![](http://outside.example/a.png)" in shown
    page.get_by_text("Plain text", exact=True).click()
    page.get_by_role("textbox", name="Your work, one line a step").fill(f"2x = 4\n{SCRIPT}\nx = 3")
    page.keyboard.press("Control+Enter")
    settled(page)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="The first line to look at again is line 3").wait_for()
    assert page.locator("code.written", has_text=SCRIPT).is_visible()

    page = tabs.open("/", person=teacher)
    assert page.get_by_text(SCRIPT).first.is_visible()
    for path in ("class", "class-work", "class-lines", "class-roster", "problem-sets"):
        page.goto(f"{served_site.url}/{path}?class={room.id}&set={version.set_id}")
        settled(page)
    page.goto(f"{served_site.url}/problem-sets?class={room.id}")
    settled(page)
    file = {"name": f"{SCRIPT.replace('/', '_')}.csv", "mimeType": "text/csv", "buffer": f"id,{SCRIPT}\n1,2".encode()}
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_text("onerror=alert(1)").last.wait_for()
    settled(page)
    assert page.locator("img[src=x]").count() == 0
