"""Uploads are marked as `tutor grade` marks them, give way to students, and survive whatever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.service.test_desk import desk, school, service, settings, until  # noqa: F401 - fixtures
from tests.store.conftest import School, one_hash_a_password  # noqa: F401 - a fixture
from tutor.batch.readers import read_submissions
from tutor.batch.store import CONTENT, read_results
from tutor.cli.grade import Asked, grade_class
from tutor.problems import load_problem_set
from tutor.service import Service, Settings, batches
from tutor.service.batches import Batches, batch_rows
from tutor.slm.choice import ModelChoice
from tutor.store import upload_of
from tutor.store.records import Batch, BatchRow, BatchState

ROOT = Path(__file__).parents[2]
SET = ROOT / "problem_sets" / "linear_equations.yaml"
SAMPLES = ROOT / "problem_sets" / "samples" / "linear_equations" / "submissions.csv"


@pytest.fixture
def runner(school: School, service: Service) -> Iterator[Batches]:  # noqa: F811
    with Batches(school.store, service) as opened:
        yield opened


def uploaded(school: School, *works: str) -> Batch:  # noqa: F811
    rows = [BatchRow(0, f"row {n}", f"s{n}", "eq", work, {}) for n, work in enumerate(works)]
    return school.book.batches.add("Test 1", "test1.csv", rows, school.version.id)


def state(school: School, batch: Batch) -> tuple[str, int]:  # noqa: F811
    now = school.book.batches.get(batch.id)
    return now.state.value, now.done


def test_a_row_s_report_is_what_tutor_grade_writes(school: School, tmp_path: Path) -> None:  # noqa: F811
    table = tmp_path / "class.csv"
    wrong_name = "le-99,zoe,two-stepp,x = 4,B\nle-01,amira,two-step,x = 1,B\n"
    head, _, rows = SAMPLES.read_text(encoding="utf-8").partition("\n")
    rows = "\n".join(rows.split("\nle-09")[0].split("\n"))
    table.write_text(f"{head},section\n{wrong_name}{rows}\n", encoding="utf-8")
    results = tmp_path / "results.jsonl"
    assert grade_class(Asked(str(SET), str(table), (str(results),), jobs=1, quiet=True)) == 1
    graded = [{k: v for k, v in record.items() if k != CONTENT} for _, record in read_results(results)]

    version = school.book.sets.add(upload_of(SET.name, SET.read_bytes()))
    problems = load_problem_set(SET).problems
    found = batch_rows(read_submissions(table, list(problems)), problems)
    batch = school.book.batches.add("Samples", "class.csv", found, version.id)
    with (
        Service(Settings(processes=1, model=ModelChoice(off=True))) as real,
        Batches(school.store, real) as runner,
    ):
        runner.look()
        until(lambda: state(school, batch)[0] == "done")
    reports = [row.report for row in school.book.batches.rows(batch.id)]
    assert reports == graded
    assert [list(report or {}) for report in reports] == [list(record) for record in graded]
    assert len(reports) > 8


def test_an_upload_of_which_nothing_can_be_marked_is_done_at_once(school: School, runner: Batches) -> None:  # noqa: F811
    batch = uploaded(school, "x")
    school.book.batches.delete(batch.id)
    bad = BatchRow(0, "1", "s", "eq", "", {}, batches.failed(BatchRow(0, "1", "s", "eq", "", {}), None, "error", "No."))
    batch = school.book.batches.add("t", "t.csv", [bad], school.version.id)
    runner.look()
    until(lambda: state(school, batch) == ("done", 1))


def test_a_stopped_upload_stops_and_goes_on_where_it_was(
    school: School,  # noqa: F811
    runner: Batches,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(batches, "STORE_S", 0.05)
    monkeypatch.setattr(batches, "RENEW_S", 0.1)
    gate = tmp_path / "open"
    batch = uploaded(school, "a", "b", *(f"until {gate}\n{n}" for n in range(20)))
    runner.look()
    until(lambda: state(school, batch) == ("running", 2))
    school.book.batches.stop(batch.id)
    until(lambda: school.store.checking.batches_waiting() == [] and runner._service.health["waiting"] == 0)
    gate.touch()
    until(lambda: runner._service.health["running"] == 0)
    assert state(school, batch)[0] == "stopped"
    assert state(school, batch)[1] < 22
    school.book.batches.resume(batch.id)
    runner.look()
    until(lambda: state(school, batch) == ("done", 22))


def test_an_upload_that_is_deleted_meanwhile_holds_nothing_up(
    school: School,  # noqa: F811
    runner: Batches,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(batches, "RENEW_S", 0.1)
    gate = tmp_path / "open"
    gone = uploaded(school, f"until {gate}\ndeleted", "a")
    runner.look()
    until(lambda: runner._service.health["running"] == 1)
    school.book.batches.delete(gone.id)
    other = uploaded(school, "b", "c")
    gate.touch()
    until(lambda: state(school, other) == ("done", 2))


def test_a_student_comes_before_the_rows_of_an_upload(
    school: School,  # noqa: F811
    runner: Batches,
    desk: object,  # noqa: F811
) -> None:
    batch = uploaded(school, *(f"slow 0.05\n{n}" for n in range(60)))
    runner.look()
    until(lambda: runner._service.health["running"] == 1)
    handed = desk.hand_in(school.bo.id, school.version.id, "eq", "living")  # type: ignore[attr-defined]
    assert handed.ticket is not None
    handed.ticket.report(30)
    assert state(school, batch)[1] < 40
    school.book.batches.delete(batch.id)


def test_a_second_upload_gets_its_turn(
    school: School,  # noqa: F811
    runner: Batches,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batches, "TURN_S", 0.2)
    long = uploaded(school, *(f"slow 0.05\n{n}" for n in range(200)))
    runner.look()
    until(lambda: runner._service.health["running"] == 1)
    short = uploaded(school, "a", "b")
    until(lambda: state(school, short) == ("done", 2))
    assert state(school, long)[1] < 200
    school.book.batches.delete(long.id)


def test_a_row_that_takes_too_long_is_left_for_a_person(school: School) -> None:  # noqa: F811
    with Service(settings(check_s=0.5)) as short, Batches(school.store, short) as runner:
        batch = uploaded(school, "hang", "a")
        runner.look()
        until(lambda: state(school, batch) == ("done", 2))
    slow, other = (row.report for row in school.book.batches.rows(batch.id))
    assert slow is not None
    assert other is not None
    assert (slow["status"], slow["mark"]["pending"], other["status"]) == ("timeout", "3", "graded")
    assert slow["message"].startswith("More than 0.5 seconds were needed, twice")


SITE = """
import sys
from datetime import timedelta
from tests.service.test_desk import settings
from tutor.service import Service, batches
from tutor.store import open_store

batches.LEASE, batches.STORE_S = timedelta(seconds=1), 0.05
store = open_store(sys.argv[1])
with Service(settings()) as service, batches.Batches(store, service) as runner:
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="checking processes end with their parent on Linux")
def test_an_upload_whose_site_is_killed_is_marked_to_the_end_by_the_next_one(
    school: School,  # noqa: F811
    service: Service,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = uploaded(school, *(f"slow 0.01\n{n}" for n in range(150)))
    url = school.store.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", SITE, url]
    site = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    until(lambda: state(school, batch)[1] >= 10)
    os.kill(site.pid, signal.SIGKILL)
    site.wait()
    before = {row.number: row.report for row in school.book.batches.rows(batch.id) if row.report is not None}
    assert len(before) < 150, "it was killed in the middle"
    assert school.book.batches.get(batch.id).state is BatchState.RUNNING
    monkeypatch.setattr(batches, "LOOK_S", 0.1)
    with Batches(school.store, service):
        until(lambda: state(school, batch) == ("done", 150))
    rows = list(school.book.batches.rows(batch.id))
    assert [row.report and row.report["steps"][1]["text"] for row in rows] == [str(n) for n in range(150)]
    assert all(rows[n].report == report for n, report in before.items())
    assert timedelta(seconds=10) <= batches.LEASE, "a pause of the machine is no death"
