"""A file of submissions on the site: what is refused, how it is marked, and what is taken away."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tutor.service.results import Kind, Results
from tutor.store import Store, problem_set_of, upload_of
from tutor.store.desk import Book
from tutor.store.records import Batch, BatchRow, BatchState, Classroom, SetVersion, Student, Teacher

Opened = Callable[..., AppTest]
SET = (
    b"title: Linear\nproblems:\n  - {id: eq, title: One step, statement: Solve 2x = 4, answer: x = 2, marks: 3}\n"
    b"  - {id: sum, statement: 20*3, answer: 60, marks: 1}\n"
)
TABLE = """name,problem,work,section
ada,eq,"2x = 4
x = 2",A
<b>bo</b>,eq,2x = 4
cy,nope,x = 1,A
=cmd(),sum,20*3 = 50,B
"""


@pytest.fixture
def book(site: Store, as_teacher: Teacher, room: Classroom) -> Book:
    return site.of_teacher(as_teacher.id).in_class(room.id)


@pytest.fixture
def version(book: Book) -> SetVersion:
    return book.sets.publish(book.sets.add(upload_of("linear.yaml", SET)).id)


def upload(tab: AppTest, name: str, data: bytes) -> AppTest:
    tab.file_uploader[0].set_value((name, data, "application/octet-stream"))
    return tab.run()


def texts(tab: AppTest) -> str:
    assert not tab.exception
    found = [str(e.value) for kind in (tab.markdown, tab.caption, tab.title, tab.subheader) for e in kind]
    return "\n".join([*found, *(e.proto.body for e in tab.get("html"))])


def button(tab: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(b for b in tab.button if b.label == label)


def until_done(book: Book, batch: Batch) -> None:
    end = time.monotonic() + 60
    while book.batches.get(batch.id).state is not BatchState.DONE:
        assert time.monotonic() < end, "it was never done"
        time.sleep(0.05)


def test_a_file_is_understood_marked_and_its_results_taken_away(book: Book, version: SetVersion, page: Opened) -> None:
    tab = upload(page("batch"), "Class 8b.csv", TABLE.encode())
    said = texts(tab)
    assert "**4 submissions** · 4 students" in said
    assert "&lt;b&gt;bo&lt;/b&gt;" in said, "names are text"
    assert "1 of them cannot be marked" in said
    assert "There is no problem &quot;nope&quot; in the set" in said
    button(tab, "Mark 4 submissions").click().run()
    (batch,) = book.batches.all()
    assert (batch.title, batch.file_name, batch.rows) == ("Class 8b", "Class 8b.csv", 4)
    until_done(book, batch)
    tab = page("batch", batch=str(batch.id))
    assert [(m.label, m.value) for m in tab.metric] == [
        ("Marked", "3 / 4"),
        ("Students", "3"),
        ("Marks earned", "43 %"),
        ("Marks that wait for you", "0"),
    ]
    assert "1 submission without a mark" in texts(tab)
    assert "for you to look at" not in texts(tab), "what has no mark is listed once"
    results = Results(book.batches, book.batches.get(batch.id), problem_set_of(book.sets.content(version.id)))
    marks = results.file(Kind.MARKS).decode("utf-8-sig")
    assert marks.splitlines()[0].startswith("student,eq,sum,total")
    assert "\n'=cmd()," in marks, "no formula for a spreadsheet"
    lines = [json.loads(line) for line in results.file(Kind.RESULTS).decode().splitlines()]
    assert [line["student"] for line in lines] == ["ada", "<b>bo</b>", "cy", "=cmd()"]
    assert lines[0]["extra"] == {"section": "A"}
    report = results.file(Kind.REPORT).decode()
    assert "<b>bo</b>" not in report
    assert "http:" not in report.replace("http://www.w3.org", "")
    assert "https:" not in report
    with zipfile.ZipFile(io.BytesIO(results.file(Kind.GRADESCOPE))) as archive:
        assert "ada/results.json" in archive.namelist()
    taken = [event.detail for event in book.events() if event.what == "batch exported"]
    assert len(taken) == 4


def test_columns_that_nobody_could_guess_are_put_right(book: Book, version: SetVersion, page: Opened) -> None:
    tab = upload(page("batch"), "t.csv", b"Kid,Which,Wrote\nada,eq,x = 2\n")
    assert "has no column" in texts(tab)
    boxes = {box.label: box for box in tab.selectbox}
    assert boxes["The work"].options == ["none", "Kid", "Which", "Wrote"]
    boxes["Student"].set_value("Kid")
    boxes["Problem"].set_value("Which")
    boxes["The work"].set_value("Wrote").run()
    assert "**1 submission** · 1 student" in texts(tab)
    button(tab, "Mark 1 submission").click().run()
    (batch,) = book.batches.all()
    (row,) = book.batches.rows(batch.id)
    assert (row.student, row.problem, row.work) == ("ada", "eq", "x = 2")


def bomb() -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(60):
            archive.writestr(f"s{n}/eq.txt", b"0" * 1_900_000)
    return found.getvalue()


REFUSED = [
    ("big.csv", b"work\n" + b"x" * 50_000_000, "at most 50,000,000 can be uploaded"),
    ("bomb.zip", bomb(), "letters together"),
    ("broken.zip", b"PK\x03\x04", "cannot be read as a ZIP archive"),
    ("many.csv", b"problem,work\n" + b"sum,1\n" * 50_001, "more than 50,000 submissions"),
    ("nothing.csv", b"problem,work\n", "holds no submissions"),
]


@pytest.mark.parametrize(("name", "data", "why"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_what_cannot_be_taken_is_refused_with_a_message(
    book: Book, version: SetVersion, page: Opened, name: str, data: bytes, why: str
) -> None:
    tab = upload(page("batch"), name, data)
    assert why.replace(",", "&#44;") in texts(tab)
    assert not [b for b in tab.button if b.label.startswith("Mark")]
    assert book.batches.all() == []


def stored(book: Book, version: SetVersion, state: str) -> Batch:
    rows = [BatchRow(0, str(n), f"s{n}", "sum", f"20*3 = {n}", {}) for n in range(4)]
    batch = book.batches.add("Test 1", "t.csv", rows, version.id)
    if state == "stopped":
        book.batches.stop(batch.id)
    return batch


def test_marking_is_stopped_goes_on_and_is_deleted(
    book: Book, version: SetVersion, page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    runner = type("Runner", (), {"look": lambda self: looked.append(1)})()
    monkeypatch.setattr("web.views.batch.batches", lambda: runner)
    batch = stored(book, version, "waiting")
    tab = page("batch", batch=str(batch.id))
    assert "You may close this page" in texts(tab)
    button(tab, "Stop").click().run()
    assert book.batches.get(batch.id).state is BatchState.STOPPED
    tab = page("batch", batch=str(batch.id))
    button(tab, "Go on").click().run()
    assert book.batches.get(batch.id).state is BatchState.WAITING
    assert looked == [1]
    book.batches.stop(batch.id)
    tab = page("batch", batch=str(batch.id))
    button(tab, "Delete for good").click().run()
    assert book.batches.all() == []


def test_a_set_may_come_as_a_file_and_stays_a_draft(book: Book, page: Opened) -> None:
    tab = page("batch")
    upload(tab, "fresh.yaml", SET)
    assert [(v.title, v.state.value) for v in book.sets.all()] == [("Linear", "draft")]
    assert len(tab.file_uploader) == 2


@pytest.mark.parametrize("who", ["student", "guest", "another teacher"])
def test_nobody_else_comes_near_an_upload(
    who: str,
    site: Store,
    book: Book,
    version: SetVersion,
    joined: object,
    sign_in: Callable[[object], None],
    page: Opened,
) -> None:
    batch = stored(book, version, "stopped")
    if who == "another teacher":
        other = site.teachers.add("other@example.org", "correct horse battery")
        mine = site.of_teacher(other.id).open_class("other")
        sign_in(other)
        for query in ({"batch": str(batch.id)}, {"batch": str(batch.id), "class": str(batch.class_id)}):
            assert "Test 1" not in texts(page("batch", **query))
        assert mine.id != batch.class_id
        return
    person: Student | None = joined.student if who == "student" else None  # type: ignore[attr-defined]
    sign_in(person)
    with pytest.raises(AssertionError, match="no page"):
        page("batch", batch=str(batch.id))
