"""Work that is handed in is checked and its report stored, whoever looks on and whatever is killed meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.service.fakes import CHECKER
from tests.store.conftest import School, found, one_hash_a_password  # noqa: F401 - a fixture
from tutor.errors import TooLarge
from tutor.service import Checked, Service, Settings
from tutor.service.desk import OTHERS, Desk
from tutor.slm.choice import ModelChoice
from tutor.store import NotTaken, Terms, open_store, upload_of
from tutor.store.records import Finding
from tutor.store.tables import ReportRow

ROOT = Path(__file__).parents[2]
SET = b"title: Linear\nproblems:\n  - {id: eq, statement: Solve 2x = 4, answer: x = 2, marks: 3}\n"
PATIENCE_S = 60.0


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.02)


def settings(**more: int) -> Settings:
    return Settings(processes=1, model=ModelChoice(off=True), checker=CHECKER, **more)  # type: ignore[arg-type]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    with open_store(f"sqlite:///{tmp_path / 'site.db'}") as store:
        school = found(store)
        book = school.book
        school.version = book.sets.publish(book.sets.add(upload_of("lines.yaml", SET)).id)
        yield school


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with Service(settings()) as opened:
        yield opened


@pytest.fixture
def desk(school: School, service: Service) -> Iterator[Desk]:
    with Desk(school.store, service) as opened:
        yield opened


def reports(school: School) -> dict[int, int]:
    """How many reports each attempt has."""
    with school.store.reading() as session:
        counted = select(ReportRow.attempt_id, func.count()).group_by(ReportRow.attempt_id)
        return {row[0]: row[1] for row in session.execute(counted)}


def checked(school: School, student: object = None) -> list[str]:
    """The works of a student that have a report."""
    place = school.place(student or school.ada)
    return [attempt.work for attempt in place.attempts() if attempt.checked is not None]


# ---------------------------------------------------------------- handing in


def test_the_check_can_be_followed_and_its_report_is_stored(school: School, desk: Desk) -> None:
    handed = desk.hand_in(school.ada.id, school.version.id, "eq", "a\nb")
    assert handed.ticket is not None
    *_, last = handed.ticket.events()
    assert isinstance(last, Checked)
    until(lambda: desk.ticket(handed.attempt.id) is None)
    stored = school.place(school.ada).attempt(handed.attempt.id).checked
    assert stored is not None
    assert stored.report == last.report


def test_a_page_that_goes_away_loses_nothing_and_finds_its_ticket_again(
    school: School, desk: Desk, tmp_path: Path
) -> None:
    gate = tmp_path / "open"
    number = desk.hand_in(school.ada.id, school.version.id, "eq", f"until {gate}").attempt.id  # and nobody looks
    assert desk.ticket(number) is not None
    gate.touch()
    until(lambda: reports(school) == {number: 1})


def test_a_double_click_is_one_check(school: School, desk: Desk, tmp_path: Path) -> None:
    gate = tmp_path / "open"
    first, second = (desk.hand_in(school.ada.id, school.version.id, "eq", f"until {gate}") for _ in range(2))
    assert first.attempt.id == second.attempt.id
    assert first.ticket is second.ticket is not None
    gate.touch()
    until(lambda: reports(school) == {first.attempt.id: 1})
    third = desk.hand_in(school.ada.id, school.version.id, "eq", f"until {gate}")
    assert (third.ticket, third.attempt.checked is not None) == (None, True)


def test_an_earlier_work_is_checked_to_the_end_though_a_later_one_was_handed_in(school: School, desk: Desk) -> None:
    for n in range(3):
        desk.hand_in(school.ada.id, school.version.id, "eq", f"slow 0.05\n{n}")
    until(lambda: len(checked(school)) == 3)


def test_in_an_exam_no_ticket_tells_verdicts_but_the_report_is_stored(school: School, desk: Desk) -> None:
    end = school.store.now() + timedelta(hours=1)
    school.book.sets.set_terms(school.version.id, Terms(exam=True, due=end))
    handed = desk.hand_in(school.ada.id, school.version.id, "eq", "a\nin an exam")
    assert handed.ticket is None
    assert desk.ticket(handed.attempt.id) is None
    until(lambda: reports(school) == {handed.attempt.id: 1})
    assert school.place(school.ada).attempt(handed.attempt.id).checked is None


def test_what_the_store_does_not_take_is_not_checked(school: School, desk: Desk, service: Service) -> None:
    before = service.counters.count("tutor_checks_total")
    with pytest.raises(NotTaken):
        desk.hand_in(school.cy.id, school.version.id, "eq", "another class")
    with pytest.raises(TooLarge):
        desk.hand_in(school.ada.id, school.version.id, "eq", "x" * 60_000)
    assert school.place(school.ada).attempts() == []
    assert service.counters.count("tutor_checks_total") == before


def test_work_of_a_deleted_student_goes_with_them(school: School, desk: Desk, tmp_path: Path) -> None:
    gate = tmp_path / "open"
    number = desk.hand_in(school.ada.id, school.version.id, "eq", f"until {gate}").attempt.id
    school.place(school.ada).delete()
    gate.touch()
    until(lambda: desk.ticket(number) is None)
    assert reports(school) == {}


def test_the_teacher_s_rulings_count(school: School, desk: Desk) -> None:
    school.book.lines.settle(school.version.set_id, "eq", "ruled on", Finding.WRONG, "Not so.")
    number = desk.hand_in(school.ada.id, school.version.id, "eq", "a\nruled on").attempt.id
    until(lambda: number in reports(school))
    assert [standing.first_wrong for standing in school.book.work.standings(school.version.set_id)] == [1]


def test_a_fault_with_one_report_keeps_no_other_from_being_stored(
    school: School, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = school.store.checking.report
    faults = []

    def once(attempt_id: int, *what: object, **more: object) -> object:
        if not faults:
            faults.append(attempt_id)
            raise RuntimeError("Ada wrote this")
        return store(attempt_id, *what, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(school.store.checking, "report", once)
    first = desk.hand_in(school.ada.id, school.version.id, "eq", "one").attempt.id
    until(lambda: bool(faults) and desk.ticket(first) is None)
    second = desk.hand_in(school.bo.id, school.version.id, "eq", "two").attempt.id
    until(lambda: reports(school) == {second: 1})
    assert "RuntimeError" in caplog.text
    assert "Ada wrote" not in caplog.text


def first_wrong(school: School) -> list[int | None]:
    return [standing.first_wrong for standing in school.book.work.standings(school.version.set_id)]


def test_marks_follow_a_ruling_whose_site_was_killed_before_it_marked_again(school: School, service: Service) -> None:
    with Desk(school.store, service) as desk:
        number = desk.hand_in(school.ada.id, school.version.id, "eq", "a\nruled on").attempt.id
        desk.hand_in(school.bo.id, school.version.id, "eq", "a\nb")
        until(lambda: len(reports(school)) == 2)
    ruling = school.book.lines.settle(school.version.set_id, "eq", "ruled on", Finding.WRONG)
    assert first_wrong(school) == [None, None]
    with Desk(school.store, service):
        until(lambda: first_wrong(school) == [1, None])
    school.book.lines.withdraw(ruling.id)
    with Desk(school.store, service):
        until(lambda: first_wrong(school) == [None, None])
    with Desk(school.store, service):
        time.sleep(0.3)
    assert sorted(reports(school).values()) == [1, 3], "nothing is marked again that need not be"
    assert school.store.checking.maybe_outdated() == []
    assert number in reports(school)


def test_a_ruling_that_comes_while_the_work_is_checked_counts(school: School, desk: Desk, tmp_path: Path) -> None:
    gate = tmp_path / "open"
    desk.hand_in(school.ada.id, school.version.id, "eq", f"until {gate}\nruled on")
    until(lambda: desk._service.health["running"] == 1)
    school.book.lines.settle(school.version.set_id, "eq", "ruled on", Finding.WRONG)
    gate.touch()
    until(lambda: first_wrong(school) == [1])


# ---------------------------------------------------------------- what waits


def test_what_waits_since_a_crash_is_checked_while_the_living_come_first(
    school: School, service: Service, tmp_path: Path
) -> None:
    gate = tmp_path / "open"
    left = [school.hand_in(school.ada, f"until {gate}\nslow 0.1\n{n}") for n in range(12)]
    with Desk(school.store, service) as desk:
        until(lambda: service.health["running"] == 1 and service.health["waiting"] == 3)
        handed = desk.hand_in(school.bo.id, school.version.id, "eq", "living")
        assert handed.ticket is not None
        assert handed.ticket.place <= 2, "behind the one whose turn it is, not behind all that were left"
        gate.touch()
        handed.ticket.report(PATIENCE_S)
        assert len(checked(school)) < 3
        until(lambda: len(checked(school)) == 12)
    assert [reports(school)[attempt.id] for attempt in left] == [1] * 12


def test_work_on_a_problem_that_the_set_lacks_says_so_and_holds_nothing_up(school: School, service: Service) -> None:
    upload = replace(upload_of("lines.yaml", SET), problem_ids=["eq", "gone"])
    school.version = school.book.sets.publish(school.book.sets.add(upload).id)
    left = [school.hand_in(school.ada, problem_id="gone"), school.hand_in(school.ada, "after it")]
    with Desk(school.store, service):
        until(lambda: reports(school) == {attempt.id: 1 for attempt in left})
    stored = school.place(school.ada).attempt(left[0].id).checked
    assert stored is not None
    assert stored.report["status"] == "error"


def test_work_that_comes_while_the_queue_is_full_is_checked_when_there_is_room(school: School, tmp_path: Path) -> None:
    gate = tmp_path / "open"
    with Service(settings(queue=1)) as service, Desk(school.store, service) as desk:
        tickets = []
        for n in range(3):
            handed = desk.hand_in(school.ada.id, school.version.id, "eq", f"until {gate}\n{n}")
            tickets.append(handed.ticket is not None)
            until(lambda: service.health["running"] == 1)
        assert tickets == [True, True, False]
        gate.touch()
        until(lambda: len(checked(school)) == 3)


def test_another_process_s_work_is_left_to_it_for_a_while(school: School, service: Service) -> None:
    with Desk(school.store, service):
        school.hand_in(school.ada, "of another process")
        time.sleep(0.3)
        assert checked(school) == []
    assert timedelta(seconds=30) <= OTHERS <= timedelta(minutes=5)


SITE = """
import sys
from tests.service.test_desk import settings
from tutor.service import Service
from tutor.service.desk import Desk
from tutor.store import open_store

store = open_store(sys.argv[1])
service = Service(settings(per_user=100))
service.start()
desk = Desk(store, service)
desk.start()
print("ready", flush=True)
for line in sys.stdin:
    student, version, work = line.split(" ", 2)
    handed = desk.hand_in(int(student), int(version), "eq", work.strip())
    print(handed.attempt.id, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="checking processes end with their parent on Linux")
def test_a_site_that_is_killed_while_it_checks_loses_nothing_that_it_accepted(school: School, service: Service) -> None:
    url = school.store.url.render_as_string(hide_password=False)
    site = subprocess.Popen(
        [sys.executable, "-c", SITE, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert site.stdin is not None
    assert site.stdout is not None
    assert site.stdout.readline() == "ready\n"
    accepted = []
    for n in range(30):
        student = (school.ada, school.bo)[n % 2]
        site.stdin.write(f"{student.id} {school.version.id} slow 0.0{n}\n")
        site.stdin.flush()
        accepted.append(int(site.stdout.readline()))
    until(lambda: len(reports(school)) >= 3)
    os.kill(site.pid, signal.SIGKILL)
    site.wait()
    stored = reports(school)
    assert len(stored) < 30, "it was killed in the middle"
    with Desk(school.store, service):
        until(lambda: len(reports(school)) == 30)
        time.sleep(0.2)
    assert reports(school) == dict.fromkeys(accepted, 1)
    assert len(set(accepted)) == 30
