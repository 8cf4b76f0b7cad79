"""The service with the program's own engine: what it says is what `tutor check` says, and nothing is done twice."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.worked.judging import rows_of
from tutor.batch.outcome import graded
from tutor.batch.pool import usual_jobs
from tutor.pipeline import grade_submission
from tutor.problems import problem_from_statement
from tutor.records import Problem, Submission
from tutor.report.machine import to_json
from tutor.service import LineChecked, Service, Settings
from tutor.slm.choice import ModelChoice

WORKED = [
    (row["problem"], row["work"])
    for name in ("algebra.yaml", "calculus_and_more.yaml", "physics_blind_d.yaml", "word_problems.yaml")
    for row in rows_of(name)[::9]
]
WRONG = ("Solve 2(x + 3) = 8", "2x + 3 = 8\n2x = 5\nx = 5/2")


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with Service(Settings(processes=1, model=ModelChoice(off=True))) as found:
        yield found


def from_scratch(work: str, problem: Problem) -> dict[str, Any]:
    found = to_json(graded(Submission("", "", problem.id, work), problem, grade_submission))
    return {name: value for name, value in found.items() if name not in ("seconds", "student", "problem")}


def asked(service: Service) -> tuple[int, int]:
    """Questions about lines that were asked, and those that were not answered from memory."""
    every = service.counters.count("tutor_questions_total")
    return every, every - service.counters.count("tutor_questions_recalled_total")


def test_reports_are_those_of_tutor_check(service: Service) -> None:
    rows = [*WORKED[:6], WRONG, ("", "2 + 2 = 5\n\nsome words"), ("Solve x = 1", ""), ("Solve x = 1", "(((" * 9)]
    lines = "".join(
        json.dumps({"id": str(n), "problem": problem, "work": work}) + "\n" for n, (problem, work) in enumerate(rows)
    )
    run = subprocess.run(
        [sys.executable, "-m", "tutor", "check", "--jsonl", "--no-model", "-"],
        input=lines, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    said = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(said) == len(rows), run.stderr
    for (statement, work), one in zip(rows, said, strict=True):
        problem = problem_from_statement(statement) if statement else Problem()
        expected = {k: v for k, v in one.items() if k not in ("seconds", "problem_read", "id")}
        found = service.check("ann", problem, work)
        assert {k: v for k, v in found.items() if k != "id"} == expected


@pytest.mark.parametrize(("statement", "work"), WORKED, ids=str)
def test_work_that_grows_line_by_line_is_judged_as_if_from_scratch(service: Service, statement: str, work: str) -> None:
    problem = problem_from_statement(statement)
    lines = work.split("\n")[:12]
    for n in range(1, len(lines) + 1):
        part = "\n".join(lines[:n])
        assert service.check("ann", problem, part) == from_scratch(part, problem)


def test_unchanged_lines_are_not_judged_anew(service: Service) -> None:
    problem = problem_from_statement("Solve 3(x - 4)^2 = 75 for x")
    work = "3(x-4)^2 = 75\n(x-4)^2 = 25\nx^2 - 8x + 16 = 25\nx^2 - 8x - 9 = 0\n(x-9)(x+1) = 0\nx = 9 or x = {}"
    service.check("ann", problem, work.format(1))
    before = asked(service)
    again = service.check("ann", problem, work.format(-1))
    after = asked(service)
    assert again == from_scratch(work.format(-1), problem)
    assert after[0] - before[0] >= 5, "each line was looked at"
    assert after[1] - before[1] <= 2, "and only the changed one was worked on"


def test_what_is_told_of_a_line_is_what_the_report_says(service: Service) -> None:
    ticket = service.submit("ann", problem_from_statement(WRONG[0]), f"{WRONG[1]}\nx = 2.5")
    told = [event.step for event in ticket.events() if isinstance(event, LineChecked)]
    assert [(s["line"], s["verdict"]) for s in told] == [(s["line"], s["verdict"]) for s in ticket.report()["steps"]]
    assert not told[0]["hints"], "causes and hints come with the report"
    assert ticket.report()["steps"][0]["hints"]


def test_lines_in_words_are_read_by_the_model_of_the_process() -> None:
    problem = problem_from_statement("A shop sells 8 pens at 3 dollars each. How much is it?")
    work = "8 pens times 3 dollars each makes 24 dollars"
    with Service(Settings(processes=1, model=ModelChoice())) as service:
        ticket = service.submit("ann", problem, work)
        found = ticket.report(120)
    from tutor.slm.standby import Standby

    plain = to_json(grade_submission(Submission("", "", "", work), problem, Standby(ModelChoice())))
    assert found["steps"] == plain["steps"]
    assert [(step["read_by"] != "grammar", step["verdict"]) for step in found["steps"]] == [(True, "correct")]


def test_a_thousand_checks_leave_the_memory_as_it_is(service: Service) -> None:
    def some(numbers: range) -> int:
        problem = problem_from_statement("Solve 2(x + 3) = 8")
        for n in numbers:
            service.check("ann", problem, f"2x + 6 = 8\n2x + {n} = {n} + 2\n{n}x = {n}\nx = 1")
        (seat,) = service._seats
        assert seat.process is not None
        return seat.process.bytes

    warm = some(range(2, 252))
    assert some(range(252, 1252)) - warm < 40_000_000
    assert service.counters.count("tutor_processes_ended_total") == 0


def test_a_fault_in_a_process_is_logged_without_words(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.INFO),
        Service(Settings(processes=1, checker="tests.service.test_engine:Faulty")) as service,
    ):
        service.check("ann", Problem(), "zebra")
    assert '"fault":"ValueError"' in caplog.text
    assert "zebra" not in caplog.text
    assert service.counters.count("tutor_faults_total", kind="ValueError") == 1


class Faulty:
    """Logs a fault with a student's words in it."""

    def __init__(self, choice: ModelChoice) -> None:
        pass

    def check(self, asked: Any, watch: Any) -> Any:
        try:
            raise ValueError(asked.work)
        except ValueError:
            logging.getLogger("tutor.feedback").exception("no cause was found for %s", asked.work)
        print(asked.work)  # what a library prints must not break the protocol
        return grade_submission(Submission("", "", "", asked.work), Problem())

    def counts(self) -> dict[str, int]:
        return {"questions": 0, "recalled": 0}


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(("said", "threads"), [("", "1"), ("3", "3")])
def test_processes_share_the_cores(monkeypatch: pytest.MonkeyPatch, said: str, threads: str) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    if said:
        monkeypatch.setenv("OMP_NUM_THREADS", said)
    with Service(Settings(processes=usual_jobs(), model=ModelChoice(off=True))) as fresh:
        fresh.check("ann", Problem(), "1 + 1 = 2")
        environment = Path(f"/proc/{fresh.pids()[0]}/environ").read_text().split("\0")
    assert f"OMP_NUM_THREADS={threads}" in environment


def test_files_in_the_current_folder_are_never_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "queue", "sympy", "pickle"):
        (tmp_path / f"{name}.py").write_text("open('was_run', 'a').close()")
    monkeypatch.chdir(tmp_path)
    with Service(Settings(processes=1, model=ModelChoice(off=True))) as fresh:
        assert fresh.check("ann", problem_from_statement("Solve 2x = 4"), "x = 2")["status"] == "graded"
    assert not (tmp_path / "was_run").exists()
