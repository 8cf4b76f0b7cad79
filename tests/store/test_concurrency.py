"""Many at once, several processes, and a process that is killed: nothing accepted is lost, nothing is done twice."""

import os
import re
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.conftest import upload
from tutor.store import NotTaken, Refused, Terms, TooManyTries, open_store
from tutor.store.records import BatchRow, State

ROOT = Path(__file__).parents[2]


def together(number, act):
    """Results of that many threads that start at the same moment; what they raise counts as a result."""
    gate = threading.Barrier(number)

    def one(n):
        gate.wait()
        try:
            return act(n)
        except (Refused, NotTaken, IntegrityError) as error:
            return error

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def test_of_many_who_want_one_name_one_gets_it(school):
    results = together(8, lambda _: school.store.door.join(school.room.code, "Dee", "10.0.0.9"))
    assert sum(not isinstance(result, Exception) for result in results) == 1
    assert sum(isinstance(result, Refused) for result in results) == 7


def test_of_many_tries_at_one_moment_five_get_through(school):
    def guess(_):
        school.store.teachers.sign_in("emmy", "a wrong password", "10.0.0.9")

    results = together(12, guess)
    assert sum(isinstance(result, TooManyTries) for result in results) == 7


def test_of_many_tabs_that_hand_in_at_once_as_many_do_as_are_allowed(school):
    school.book.sets.set_terms(school.version.id, Terms(tries=3))
    results = together(8, lambda n: school.hand_in(school.ada, f"x = {n}"))
    assert sum(not isinstance(result, Exception) for result in results) == 3
    assert len(school.place(school.ada).attempts()) == 3


def test_a_double_click_is_one_attempt(school):
    results = together(6, lambda _: school.hand_in(school.ada))
    assert len({attempt.id for attempt in results}) == 1


def test_one_version_is_published_whoever_publishes_when(school):
    drafts = [school.book.sets.add(upload(source=b"%d" % n)) for n in range(6)]
    together(6, lambda n: school.book.sets.publish(drafts[n].id))
    assert len(school.book.sets.all(State.PUBLISHED)) == 1
    together(6, lambda n: school.book.sets.add(upload(source=b"again %d" % n)))
    assert sorted(version.version for version in school.book.sets.all()) == list(range(1, 14))


def test_two_reports_at_one_moment_are_one(school):
    attempt = school.hand_in(school.ada)
    results = together(6, lambda _: school.report(attempt))
    assert len({checked.id for checked in results}) == 1


def test_one_process_takes_an_upload(school):
    batch = school.book.batches.add("t", "t.csv", [BatchRow(0, "1", "s", "eq", "x", {})])
    assert sum(together(8, lambda n: school.store.checking.take_batch(batch.id, f"runner {n}"))) == 1


def test_a_class_works_at_the_same_time(school):
    def work(n):
        student = school.store.door.join(school.room.code, "", f"10.0.1.{n}").student
        for k in range(5):
            attempt = school.hand_in(student, f"x = {k}")
            school.place(student).save_draft(school.version.set_id, "sum", f"{k}")
            school.report(attempt)
            school.place(student).attempts()
        return student

    students = together(16, work)
    assert len({student.id for student in students}) == 16
    counts = school.store.upkeep.check().counts
    assert (counts["attempt"], counts["report"]) == (80, 80)
    assert school.store.checking.waiting() == []


WRITER = """
import sys
from tutor.store import open_store
store = open_store(sys.argv[1])
place = store.of_student(int(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[4])):
    attempt = place.hand_in(int(sys.argv[3]), "eq", f"{sys.argv[5]} {n}")
    print(attempt.id, flush=True)
"""


def writer(school, student, number, says):
    url = school.store.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WRITER, url, *map(str, (student.id, school.version.id, number, says))]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def start(*processes):
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()


def test_two_processes_write_at_once(school):
    both = [writer(school, school.ada, 60, "ada"), writer(school, school.bo, 60, "bo")]
    start(*both)
    said = [set(map(int, process.communicate(timeout=60)[0].split())) for process in both]
    assert [len(ids) for ids in said] == [60, 60]
    assert {a.id for a in school.book.work.attempts()} == said[0] | said[1]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_what_was_accepted_before_a_kill_is_there_and_waits(school):
    for round_ in range(3):
        process = writer(school, school.ada, 100_000, f"round {round_}")
        start(process)
        accepted = [int(process.stdout.readline()) for _ in range(20 + 7 * round_)]
        os.kill(process.pid, signal.SIGKILL)
        accepted += [int(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        process.wait()
        with open_store(school.store.url.render_as_string(hide_password=False)) as after:
            waiting = {attempt.id: attempt for attempt in after.checking.waiting(limit=1_000_000)}
            assert set(accepted) <= waiting.keys()
            mine = sorted(a.id for a in waiting.values() if a.work.startswith(f"round {round_} "))
            # Whole rows in order, and at most one more than was said to be accepted.
            assert [waiting[n].work for n in mine] == [f"round {round_} {k}" for k in range(len(mine))]
            assert 0 <= len(mine) - len(accepted) <= 1
            assert after.upkeep.check().faults == ()


MARKER = """
import sys, time
from datetime import timedelta
from tests.store.conftest import report
from tutor.store import open_store
store = open_store(sys.argv[1])
batch, me = int(sys.argv[2]), sys.argv[3]
while not store.checking.take_batch(batch, me, lease=timedelta(seconds=2)):
    time.sleep(0.05)
print("ready", flush=True)
sys.stdin.readline()
while rows := store.checking.next_rows(batch, limit=5):
    reports = {row.number: report(row.work) | {"by": me} for row in rows}
    store.checking.store_rows(batch, me, reports, lease=timedelta(seconds=2))
    print(*reports, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_an_upload_whose_process_is_killed_goes_on_without_losing_or_repeating_a_row(school):
    rows = [BatchRow(0, f"{n}", "s", "eq", f"x = {n}", {}) for n in range(300)]
    batch = school.book.batches.add("t", "t.csv", rows)
    url = school.store.url.render_as_string(hide_password=False)

    def marker(name):
        command = [sys.executable, "-c", MARKER, url, str(batch.id), name]
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    first = marker("first")
    start(first)
    stored = [int(n) for _ in range(5) for n in first.stdout.readline().split()]
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    second = marker("second")
    start(second)
    second.communicate(timeout=60)
    done = list(school.book.batches.rows(batch.id))
    assert [row.report["steps"][0]["text"] for row in done] == [f"x = {n}" for n in range(300)]
    assert all(done[n].report["by"] == "first" for n in stored)
    assert {row.report["by"] for row in done} == {"first", "second"}
    assert re.fullmatch("(first)+(second)+", "".join(row.report["by"] for row in done))
    assert school.book.batches.get(batch.id).state == "done"
