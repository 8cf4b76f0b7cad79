"""After a teacher's word on a line, and after it is taken back, the marks in the store follow."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from tutor.problems import problem_from_object
from tutor.service import Service, Settings
from tutor.service.again import mark_again
from tutor.slm.choice import ModelChoice
from tutor.store import Store, case_key, open_store, upload_of
from tutor.store.desk import Book
from tutor.store.records import Finding, SetVersion

SET = b"title: One\nproblems:\n  - id: eq\n    statement: Solve 2(x + 3) = 8\n    answer: x = 1\n    marks: 3\n"
WORK = "2x + 3 = 8\n2x = 2\nx = 1"


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with Service(Settings(processes=1, model=ModelChoice(off=True))) as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/again.db") as opened:
        yield opened


@pytest.fixture
def book(store: Store) -> Book:
    teacher = store.teachers.add("ada@school.org", "correct horse battery", "Ms Ada")
    desk = store.of_teacher(teacher.id)
    return desk.in_class(desk.open_class("8c").id)


def handed_in(store: Store, service: Service, book: Book, *works: str) -> SetVersion:
    version = book.sets.publish(book.sets.add(upload_of("one.yaml", SET)).id)
    problem = {"statement": "Solve 2(x + 3) = 8", "answer": "x = 1", "marks": 3, "id": "eq"}
    for n, work in enumerate(works):
        student = store.door.join(book.room().code, "", f"10.0.0.{n}").student
        attempt = store.of_student(student.id).hand_in(version.id, "eq", work)
        report = service.check("x", problem_from_object(problem), work)
        store.checking.report(attempt.id, report, engine="1", seconds=0.1)
    return version


def marks(book: Book, set_id: int) -> list[Fraction | None]:
    return [standing.earned for standing in book.work.standings(set_id)]


def test_marks_follow_a_ruling_and_come_back_when_it_is_withdrawn(store: Store, service: Service, book: Book) -> None:
    version = handed_in(store, service, book, WORK, "2x + 6 = 8\n2x = 2\nx = 1", WORK.replace("2x + 3", "2x+3"))
    assert marks(book, version.set_id) == [2, 3, 2]
    key = case_key("eq", "2x + 3 = 8")
    ruling = book.lines.settle(version.set_id, "eq", "2x + 3 = 8", Finding.RIGHT, "Copied so from the board.")
    steps = list(mark_again(store, service, "teacher", version.set_id, "eq", key))
    assert steps == [(1, 2), (2, 2)], "the work without the line is left alone"
    assert marks(book, version.set_id) == [3, 3, 3]
    first = book.work.attempts(set_id=version.set_id)[0]
    assert first.checked is not None
    assert first.checked.report["steps"][0]["ruling"]["comment"] == "Copied so from the board."
    book.lines.withdraw(ruling.id)
    list(mark_again(store, service, "teacher", version.set_id, "eq", key))
    assert marks(book, version.set_id) == [2, 3, 2]
    assert len(book.work.reports(first.id)) == 3, "every report is kept"


def test_a_changed_ruling_counts_with_the_others_on_the_problem(store: Store, service: Service, book: Book) -> None:
    version = handed_in(store, service, book, WORK)
    for text, finding in (("2x = 2", Finding.WRONG), ("2x + 3 = 8", Finding.RIGHT)):
        book.lines.settle(version.set_id, "eq", text, finding)
        list(mark_again(store, service, "teacher", version.set_id, "eq", case_key("eq", text)))
    assert marks(book, version.set_id) == [2]
    book.lines.settle(version.set_id, "eq", "2x = 2", Finding.RIGHT)
    list(mark_again(store, service, "teacher", version.set_id, "eq", case_key("eq", "2x = 2")))
    assert marks(book, version.set_id) == [3]
