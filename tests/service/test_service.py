"""The service with a checker that does as the lines say, so that nothing hangs on how long mathematics takes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.fakes import CHECKER
from tutor.errors import TooLarge
from tutor.records import Problem
from tutor.service import (
    Busy,
    Checked,
    Closed,
    Event,
    LineChecked,
    Ruling,
    Service,
    Settings,
    Waiting,
    Withdrawn,
)
from tutor.service.ticket import NoReport
from tutor.slm.choice import ModelChoice

PROBLEM = Problem(id="p", statement="Solve x = 1")
OFF = ModelChoice(off=True)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def opened(processes: int = 1, **more: object) -> Service:
    return Service(Settings(processes=processes, model=OFF, checker=CHECKER, **more))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with opened(check_s=20.0) as found:
        yield found


@contextlib.contextmanager
def held(service: Service, folder: Path) -> Iterator[None]:
    """The only process is busy, so that what is handed in meanwhile has to wait."""
    gate = folder / "open"
    gate.unlink(missing_ok=True)
    ticket = service.submit("holder", PROBLEM, f"until {gate}")
    until(lambda: service.health["running"] == 1 and not ticket.place)
    try:
        yield
    finally:
        gate.touch()


def until(true: object, patience_s: float = 30.0) -> None:
    end = time.monotonic() + patience_s
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.01)


def gone(pid: int) -> bool:
    """Whether a process has ended, or is only waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


# ---------------------------------------------------------------- what a ticket tells


def test_lines_come_as_they_are_judged_and_the_report_last(service: Service) -> None:
    begun = time.monotonic()
    seen: list[tuple[float, Event]] = []
    for event in service.submit("ann", PROBLEM, "a\nslow 0.6\nb").events():
        if not isinstance(event, Waiting):
            seen.append((time.monotonic() - begun, event))
    assert [type(event) for _, event in seen] == [LineChecked, LineChecked, LineChecked, Checked]
    assert seen[2][0] - seen[0][0] > 0.4, "the first line did not wait for the third"
    last = seen[-1][1]
    assert isinstance(last, Checked)
    assert [step["text"] for step in last.report["steps"]] == ["a", "slow 0.6", "b"]


def test_who_comes_late_is_told_from_the_beginning(service: Service) -> None:
    ticket = service.submit("ann", PROBLEM, "a\nlate")
    ticket.report(30)
    assert [type(event) for event in ticket.events()] == [LineChecked, LineChecked, Checked]


def test_a_coroutine_follows_too(service: Service) -> None:
    async def followed() -> tuple[list[type[Event]], int]:
        ticket = service.submit("ann", PROBLEM, "a\nslow 0.1\ncoroutine")
        kinds = [type(event) async for event in ticket.follow() if not isinstance(event, Waiting)]
        reports = await asyncio.gather(*(service.check_soon(f"u{n}", PROBLEM, f"x\n{n}") for n in range(5)))
        return kinds, sum(len(report["steps"]) for report in reports)

    assert asyncio.run(followed()) == ([LineChecked] * 3 + [Checked], 10)


def test_a_coroutine_that_is_ended_withdraws_its_work(service: Service) -> None:
    async def impatient() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(service.check_soon("ann", PROBLEM, "slow 0.3\nslow 0.3\nimpatient"), 0.1)

    before = service.counters.count("tutor_checks_total", status="withdrawn")
    asyncio.run(impatient())
    assert service.counters.count("tutor_checks_total", status="withdrawn") == before + 1


# ---------------------------------------------------------------- turns and places


def test_one_who_hands_in_much_does_not_keep_others_waiting(service: Service, tmp_path: Path) -> None:
    with held(service, tmp_path):
        many = [service.submit("many", PROBLEM, f"slow 0.05\n{n}\nturns") for n in range(6)]
        one = service.submit("one", PROBLEM, "o\nturns")
        assert [ticket.place for ticket in (*many, one)] == [1, 3, 4, 5, 6, 7, 2]
    one.report(30)
    assert many[0].done
    assert not many[-1].done


def test_one_user_never_holds_all_processes() -> None:
    with opened(processes=2) as service:
        until(lambda: service.health["ready"] == 2)
        hanging = [service.submit("greedy", PROBLEM, f"hang {n}") for n in range(3)]
        assert service.submit("modest", PROBLEM, "x").report(30)["status"] == "graded"
        assert service.health["running"] == 1
        assert sum(ticket.place > 0 for ticket in hanging) == 2
        service.close(patience_s=0)


def test_who_waits_is_told_the_place(service: Service, tmp_path: Path) -> None:
    with held(service, tmp_path):
        service.submit("ann", PROBLEM, "slow 0.5\nfirst")
        events = service.submit("bob", PROBLEM, "second").events(look_s=0.02)
        assert next(events) == Waiting(2)
    assert next(events) == Waiting(1)
    assert [type(event) for event in events] == [LineChecked, Checked]


def test_a_full_queue_says_to_try_again_and_the_place(tmp_path: Path) -> None:
    with opened(queue=3) as service, held(service, tmp_path):
        for user in "abc":
            service.submit(user, PROBLEM, "x")
        with pytest.raises(Busy) as refused:
            service.submit("d", PROBLEM, "x")
        assert refused.value.place == 4
        assert "yours would be number 4. Try again in about" in str(refused.value)
        assert service.counters.count("tutor_refused_total", why="queue full") == 1


def test_one_user_has_a_share_of_the_queue(tmp_path: Path) -> None:
    with opened(per_user=2) as service, held(service, tmp_path):
        for n in range(2):
            service.submit("ann", PROBLEM, f"x{n}")
        with pytest.raises(Busy, match="2 pieces of your work are waiting"):
            service.submit("ann", PROBLEM, "y")
        assert service.submit("bob", PROBLEM, "y").place == 2


def test_too_much_text_is_refused() -> None:
    service = opened(work=10)
    with pytest.raises(TooLarge, match="The work has 11 letters"):
        service.submit("ann", PROBLEM, "x" * 11)


# ---------------------------------------------------------------- taking work back


def test_work_that_is_withdrawn_while_it_waits_is_never_checked(service: Service, tmp_path: Path) -> None:
    with held(service, tmp_path):
        ticket = service.submit("ann", PROBLEM, "never")
        assert ticket.cancel()
        assert not ticket.cancel()
    with pytest.raises(NoReport):
        ticket.report(1)
    assert list(ticket.events()) == [Withdrawn("withdrawn")]


def test_a_check_under_way_ends_at_its_next_line_and_the_process_lives(service: Service) -> None:
    service.submit("ann", PROBLEM, "warm").report(30)
    before = service.pids()
    ticket = service.submit("ann", PROBLEM, "a\n" + "slow 0.2\n" * 20)
    until(lambda: ticket.steps)
    assert ticket.cancel()
    begun = time.monotonic()
    assert service.submit("ann", PROBLEM, "b\nnext").report(30)["status"] == "graded"
    assert time.monotonic() - begun < 2
    assert service.pids() == before


def test_a_withdrawn_check_that_hangs_is_ended() -> None:
    with opened() as service:
        ticket = service.submit("ann", PROBLEM, "a\nhang")
        until(lambda: ticket.steps)
        before = service.pids()
        ticket.cancel()
        assert service.submit("ann", PROBLEM, "b").report(30)["status"] == "graded"
        assert service.pids() != before


def test_newer_work_of_a_slot_takes_the_place_of_older(service: Service, tmp_path: Path) -> None:
    with held(service, tmp_path):
        old = service.submit("ann", PROBLEM, "old", slot="p")
        other = service.submit("bob", PROBLEM, "other\nslot")
        new = service.submit("ann", PROBLEM, "new\nslot", slot="p")
        assert (new.place, other.place) == (1, 2)
    assert list(old.events()) == [Withdrawn("replaced")]
    assert new.report(30)["steps"][0]["text"] == "new"


# ---------------------------------------------------------------- what may go wrong


def test_a_process_that_is_killed_in_the_middle_costs_nobody_a_report(service: Service) -> None:
    ticket = service.submit("ann", PROBLEM, "a\nslow 0.5\nkilled")
    until(lambda: ticket.steps)
    (pid,) = service.pids()
    os.kill(pid, signal.SIGKILL)
    assert ticket.report(30)["status"] == "graded"
    assert [step["text"] for step in ticket.steps] == ["a", "slow 0.5", "killed"]
    assert service.pids() != [pid]
    assert service.counters.count("tutor_processes_ended_total", why="SIGKILL") == 1


def test_a_process_that_is_killed_while_idle_is_not_missed(service: Service) -> None:
    service.submit("ann", PROBLEM, "idle").report(30)
    os.kill(service.pids()[0], signal.SIGKILL)
    assert service.submit("ann", PROBLEM, "after idle").report(30)["status"] == "graded"


def test_work_that_processes_die_of_costs_itself_alone(service: Service, tmp_path: Path) -> None:
    fatal = service.submit("ann", PROBLEM, "a\ndie\nb")
    fine = service.submit("bob", PROBLEM, "c\nfine")
    report = fatal.report(60)
    assert report["status"] == "error"
    assert report["message"].startswith("The check broke off twice after line 1. Nothing you wrote is lost")
    assert [step["verdict"] for step in report["steps"]] == ["correct"]
    assert report["mark"]["pending"] == "1"
    assert fine.report(60)["status"] == "graded"
    assert service.submit("ann", PROBLEM, f"once {tmp_path / 'tried'}").report(60)["status"] == "graded"


def test_a_line_that_hangs_is_stopped_and_the_next_one_is_served() -> None:
    with opened(check_s=1.5) as service:
        hanging = service.submit("ann", PROBLEM, "a\nhang\nb")
        after = service.submit("bob", PROBLEM, "c")
        report = hanging.report(30)
        assert (report["status"], len(report["steps"])) == ("timeout", 1)
        assert report["message"].startswith("The check took more than 1.5 seconds and was stopped after line 1.")
        assert after.report(30)["status"] == "graded"
        again = service.submit("ann", PROBLEM, "a\nhang\nb")
        assert not again.from_memory, "another time it may be quicker"
        again.cancel()


def test_processes_that_cannot_start_are_said_and_nobody_waits_forever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.service.service.AGAIN_S", (0.01,))
    with Service(Settings(processes=1, model=OFF, checker="tests.service.fakes:NeverReady")) as service:
        report = service.submit("ann", PROBLEM, "x").report(60)
        assert (report["status"], report["message"].split(".")[0]) == ("error", "Nothing can be checked at the moment")
        assert not service.health["ok"]


def test_a_process_is_replaced_when_its_share_is_done() -> None:
    with opened(checks=2) as service:
        pids = []
        for n in range(4):
            assert service.submit("ann", PROBLEM, f"x{n}").report(30)["status"] == "graded"
            pids += service.pids()
        assert service.counters.count("tutor_processes_ended_total", why="its share is done") >= 1


# ---------------------------------------------------------------- what is remembered


def test_work_that_was_checked_is_known_and_rulings_count_at_once(service: Service) -> None:
    first = service.submit("ann", PROBLEM, "a\nremembered")
    assert first.report(30)["first_wrong"] is None
    again = service.submit("bob", PROBLEM, "a\nremembered", rulings=[Ruling(" remembered", False, "Not so.", "T")])
    assert again.report(30)["first_wrong"] == 1
    assert again.report()["steps"][1]["ruling"]["comment"] == "Not so."
    assert service.submit("cem", PROBLEM, "a\nremembered").report() == first.report()
    other = service.submit("ann", Problem(id="q"), "a\nremembered")
    assert not other.from_memory
    assert other.report(30)["status"] == "graded"


def test_lines_are_told_with_their_rulings(service: Service) -> None:
    ticket = service.submit("ann", PROBLEM, "told", rulings=[Ruling("told", True)])
    ticket.report(30)
    assert ticket.steps[0]["ruling"]["right"] is True


# ---------------------------------------------------------------- the end


@LINUX
def test_closing_leaves_no_process_and_gives_back_what_waits() -> None:
    before = set(threading.enumerate())
    service = opened(processes=2)
    service.start()
    until(lambda: service.health["ready"] == 2)
    pids = service.pids()
    hanging = [service.submit(user, PROBLEM, f"hang {user}") for user in "ab"]
    waiting = service.submit("c", PROBLEM, "x")
    until(lambda: service.health["running"] == 2)
    service.close(patience_s=0.2)
    assert all(gone(pid) for pid in pids)
    assert set(threading.enumerate()) <= before
    for ticket in (*hanging, waiting):
        assert list(ticket.events())[-1] == Withdrawn("closing")
    with pytest.raises(Closed):
        service.submit("d", PROBLEM, "x")
    assert not service.health["ok"]


def test_a_check_under_way_may_end_before_the_service_does() -> None:
    service = opened()
    service.start()
    ticket = service.submit("ann", PROBLEM, "slow 0.4")
    until(lambda: service.health["running"])
    service.close()
    assert ticket.report(0)["status"] == "graded"


HOLDER = """
import sys, time
from tests.service.test_service import PROBLEM, opened, until
service = opened(processes=2)
service.start()
until(lambda: service.health["ready"] == 2)
tickets = [service.submit(user, PROBLEM, "hang " + user) for user in "ab"]
until(lambda: service.health["running"] == 2)
print(*service.pids(), flush=True)
time.sleep(600)
"""


@LINUX
def test_a_service_that_is_killed_leaves_no_process() -> None:
    here = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": here}
    ) as holder:
        assert holder.stdout is not None
        pids = [int(pid) for pid in holder.stdout.readline().split()]
        assert len(pids) == 2
        assert not any(gone(pid) for pid in pids)
        holder.kill()
    until(lambda: all(gone(pid) for pid in pids), 10)


# ---------------------------------------------------------------- logs and counts


def test_neither_logs_nor_counts_hold_what_a_student_wrote(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        service.submit("Zoe Secret", PROBLEM, "zebra = 17\nslow 0.01", slot="zebra-slot").report(30)
        service.submit("Zoe Secret", PROBLEM, "zebra\ndie").report(60)
        service.submit("Zoe Secret", PROBLEM, "zebra\nslow 0.3").cancel()
    said = caplog.text + service.metrics()
    for private in ("zebra", "Zoe", "Secret", "Solve"):
        assert private not in said
    checked = [json.loads(r.message) for r in caplog.records if '"event":"checked"' in r.message]
    assert checked[0]["lines"] == {"correct": 1, "no_claim": 1}
    assert checked[0]["status"] == "graded"


def test_metrics_are_what_prometheus_reads(service: Service) -> None:
    service.submit("ann", PROBLEM, "metrics").report(30)
    lines = service.metrics().splitlines()
    assert "# TYPE tutor_checks_total counter" in lines
    assert "tutor_waiting 0" in lines
    for line in lines:
        assert line.startswith("# ") or float(line.rpartition(" ")[2]) >= 0
    buckets = [int(line.rpartition(" ")[2]) for line in lines if line.startswith("tutor_check_seconds_bucket")]
    assert buckets == sorted(buckets)
    assert f"tutor_check_seconds_count {buckets[-1]}" in lines


def test_a_fault_of_ours_costs_one_check_and_no_process(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with opened() as service:
        listen = service._listen
        faults = iter([RuntimeError("what a student wrote")])

        def once(*what: object) -> bool:
            if (fault := next(faults, None)) is not None:
                raise fault
            return listen(*what)  # type: ignore[arg-type]

        monkeypatch.setattr(service, "_listen", once)
        with pytest.raises(NoReport):
            service.check("ann", PROBLEM, "a")
        assert service.submit("ann", PROBLEM, "b").report(60)["steps"]
    assert '"fault":"RuntimeError"' in caplog.text
    assert "what a student wrote" not in caplog.text


def test_the_counts_tell_no_verdicts_for_an_exam_may_be_running(service: Service) -> None:
    service.check("ann", PROBLEM, "a\nb")
    said = service.metrics()
    assert "tutor_lines_total " in said
    assert "verdict" not in said
