"""A teacher from an account to marks in a file; the database then holds just that."""

from __future__ import annotations

import csv
import io

from tests.web.browser.served import tutor
from tests.web.browser.tabs import settled
from tutor.store.records import BatchState, State

LOGIN, PASSWORD = "emmy@example.org", "correct horse battery"
SET = """title: Two steps
problems:
  - id: two-steps
    title: Two steps
    statement: Solve 2x + 3 = 7
    answer: x = 2
    solution: ["2x + 3 = 7", "2x = 4", "x = 3"]
    marks: 3
"""
TABLE = """student,problem,work
ada,two-steps,"2x + 3 = 7
2x = 4
x = 2"
bo,two-steps,"2x = 10
x = 5"
"""


def test_a_teacher_publishes_a_set_after_mending_it_and_takes_marks_away(tabs, served_site):
    site = served_site
    tutor(site.folder, "admin", "add-teacher", LOGIN, "--name", "Ms Noether", "--password-stdin",
          "--store", f"sqlite:///{site.folder}/school.db", typed=f"{PASSWORD}\n")  # fmt: skip
    page = tabs.open("/teacher")
    page.get_by_label("Login").fill(LOGIN)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    settled(page)
    page.get_by_label("Title").fill("8b Mathematics")
    page.get_by_role("button", name="Open the class").click()
    page.get_by_role("heading", name="8b Mathematics").wait_for()
    settled(page)

    page.get_by_role("link", name="Problem sets").last.click()
    page.get_by_role("heading", name="Problem sets").wait_for()
    settled(page)
    upload = {"name": "two_steps.yaml", "mimeType": "application/yaml", "buffer": SET.encode()}
    page.locator("input[type=file]").set_input_files(upload)
    page.get_by_role("heading", name="Two steps").first.wait_for()
    page.get_by_text("to mend before students can see it").wait_for()
    assert page.get_by_role("button", name="Publish to").is_disabled()
    page.get_by_role("button", name="Mend two-steps").click()
    page.get_by_role("heading", name="Edit the set").wait_for()
    settled(page)
    page.get_by_label("Worked solution").fill("2x + 3 = 7\n2x = 4\nx = 2")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Saved at").wait_for()
    page.get_by_role("button", name="Check and publish", exact=True).last.click()
    page.get_by_text("Ready for students").wait_for()
    settled(page)
    page.get_by_role("button", name="Publish to").click()
    page.get_by_text("Students see version").first.wait_for()
    settled(page)

    teacher = next(each for each in site.store.teachers.all() if each.login == LOGIN)
    rooms = site.store.of_teacher(teacher.id).classes()
    assert [room.title for room in rooms] == ["8b Mathematics"]
    book = site.store.of_teacher(teacher.id).in_class(rooms[0].id)
    published = book.sets.all(State.PUBLISHED)
    assert [(v.title, v.problem_ids) for v in published] == [("Two steps", ("two-steps",))]
    assert "x = 2" in book.sets.content(published[0].id).yaml

    page.goto(f"{site.url}/batch?class={rooms[0].id}")
    settled(page)
    table = {"name": "tuesday.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_role("button", name="Mark 2 submissions").click()
    page.get_by_role("heading", name="Take away").wait_for(timeout=60_000)
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Marks · marks.csv").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(io.StringIO(file.read())))
    print(rows)
    assert download.value.suggested_filename == "marks.csv"
    assert {row["student"]: row["two-steps"] for row in rows} == {"ada": "3", "bo": "2"}

    batches = book.batches.all()
    assert [(b.title, b.file_name, b.state, b.rows, b.done) for b in batches] == [
        ("tuesday", "tuesday.csv", BatchState.DONE, 2, 2)
    ]
