"""The killable child and what is asked of SymPy in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.verify.asking import expression, finding, relation
from tutor.errors import TooLarge, Unsupported
from tutor.records import Identity, Undecided
from tutor.verify import worker as worker_module
from tutor.verify.budget import NoAnswer, small_enough
from tutor.verify.domains import DOMAINS
from tutor.verify.symbolic import judge
from tutor.verify.tasks import Budget, Compare
from tutor.verify.worker import Worker


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    started = Worker(patience_s=5)
    yield started
    started.close()


def test_it_starts_only_when_it_is_asked(worker: Worker) -> None:
    fresh = Worker()
    assert not fresh.running
    fresh.close()
    assert worker.ask("echo", {"a": (1, "b")}) == {"a": (1, "b")}
    assert worker.running


def test_a_child_that_is_late_is_replaced_and_costs_one_answer() -> None:
    hasty = Worker(patience_s=0.3)
    with pytest.raises(NoAnswer) as caught:
        hasty.ask("spin", 10**12)
    assert caught.value.timeout
    assert not hasty.running
    hasty.patience_s = 10
    assert hasty.ask("echo", 2) == 2
    hasty.close()


def test_a_child_that_dies_costs_one_answer(worker: Worker) -> None:
    worker.ask("echo", 1)
    assert worker._child is not None
    worker._child.kill()
    worker._child.wait()
    assert worker.ask("echo", 3) == 3


def test_files_in_the_current_folder_are_never_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of student work may hold a `pickle.py`."""
    for name in ("pickle", "struct", "queue", "sympy"):
        (tmp_path / f"{name}.py").write_text("open('was_run', 'a').close()")
    monkeypatch.chdir(tmp_path)
    started = Worker(patience_s=5)
    try:
        assert started.ask("echo", 7) == 7
    finally:
        started.close()
    assert not (tmp_path / "was_run").exists()


def test_a_refused_task_is_no_timeout(worker: Worker) -> None:
    with pytest.raises(NoAnswer) as caught:
        worker.ask("no such task")
    assert not caught.value.timeout
    assert worker.running


def test_the_child_is_renewed_after_so_many_tasks() -> None:
    short = Worker(patience_s=10, tasks_per_child=2)
    pids = []
    for k in range(3):
        short.ask("echo", k)
        assert short._child is not None
        pids.append(short._child.pid)
    short.close()
    assert pids[0] == pids[1] != pids[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_after_a_fork_the_new_process_leaves_the_child_alone(worker: Worker) -> None:
    worker.ask("echo", 1)
    assert worker._child is not None
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            owned = worker.running
            worker.close()
            os.write(write_end, b"0" if owned else b"1")
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(read_end, 1) == b"1"
    os.close(read_end)
    os.close(write_end)
    assert worker.ask("echo", 5) == 5


ZERO = [
    ("sin(x)^2 + cos(x)^2 - 1", True, "an identity of trigonometry"),
    ("(x+1)^2 - x^2 - 2x - 1", True, "expanding"),
    ("x/(x+1) - 1 + 1/(x+1)", True, "a common denominator"),
    ("sqrt(3 + 2sqrt(2)) - 1 - sqrt(2)", True, "a nested root"),
    ("ln(6) - ln(2) - ln(3)", True, "logarithms"),
    ("x^2 - x", False, "not zero"),
]


@pytest.mark.parametrize(("text", "vanishes", "why"), ZERO)
def test_zero_by_named_transformations(worker: Worker, text: str, vanishes: bool, why: str) -> None:
    assert (worker.ask("zero_by", expression(text), {}) is not None) == vanishes, why


def test_solutions_come_back_as_text(worker: Worker) -> None:
    assert worker.ask("real_solutions", expression("x^2 - 1/4"), "x", {}) == ("-1/2", "1/2")
    assert worker.ask("real_solutions", expression("x^2 + 1"), "x", {}) == ()


def test_equal_solution_sets(worker: Worker) -> None:
    same, _, _ = worker.ask("same_real_solutions", expression("e^x - 5"), expression("x - ln 5"), "x", {})
    assert same


def test_building_refuses_what_is_enormous_or_foreign() -> None:
    from tutor.bridge.sympy_build import to_sympy
    from tutor.syntax.tree import Symbol, Words

    for text in ("x^100000", "10^99999", "5000!"):
        with pytest.raises(TooLarge):
            to_sympy(expression(text))
    for strange in (Symbol("__import__('os')"), Symbol("x y"), Words("area")):
        with pytest.raises(Unsupported):
            to_sympy(strange)
    assert str(to_sympy(expression("2x + 1/2"))) == "2*x + 1/2"


def test_sympy_is_the_last_to_be_asked_and_never_refutes() -> None:
    assert DOMAINS[-1] == "symbolic"
    same = Compare(expression("|x|"), expression("sqrt(x^2)"))
    found = judge(same, Budget())
    assert found is not None
    assert isinstance(found.evidence, Identity)
    assert judge(Compare(expression("|x|"), expression("sin x")), Budget()) is None


def test_a_late_child_makes_one_line_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late:
        def ask(self, *args: object) -> object:
            raise NoAnswer("late", timeout=True)

    monkeypatch.setattr(worker_module, "SHARED", Late())
    found = judge(Compare(expression("sin x"), expression("sin(x) + sin(1) - sin(1)")), Budget())
    assert found is not None
    assert isinstance(found.evidence, Undecided)
    assert found.evidence.timeout


def test_large_questions_are_not_asked() -> None:
    assert small_enough(expression("sin x + cos x"))
    assert not small_enough(expression("+".join(["sin x"] * 40)))
    assert not small_enough(expression("(x+1)^100"))


def test_lines_that_flint_decides_start_no_child() -> None:
    worker_module.SHARED.close()
    for line in ("2(x+1) = 2x + 2", "3 + 4 = 7", "sin^2 x + cos^2 x = 1", "∫ 2x dx = x^2 + C", "2x = 2x + 1"):
        finding(line)
    relation("2x = 4", "x = 2")
    assert not worker_module.SHARED.running
