"""What is remembered between checks changes nothing but the work that is done."""

from __future__ import annotations

import pytest

from tests.verify.asking import expression
from tutor.errors import OutOfBudget
from tutor.records import Undecided
from tutor.verify import memory as memory_module
from tutor.verify.domains import decide
from tutor.verify.memory import Memory
from tutor.verify.tasks import Budget, Compare, Finding, Setting

SAME = Compare(expression("(x+1)^2"), expression("x^2 + 2x + 1"))


def test_a_question_that_comes_again_is_recalled_and_costs_what_it_cost() -> None:
    memory = Memory(10)
    budgets = [Budget(), Budget(), Budget()]
    found = [memory.decide(SAME, budgets[0]), memory.decide(SAME, budgets[1]), decide(SAME, budgets[2])]
    assert found[0] == found[1] == found[2]
    assert budgets[0].left == budgets[1].left == budgets[2].left
    assert (memory.asked, memory.recalled) == (2, 1)


def test_what_is_written_otherwise_or_means_something_else_is_another_question() -> None:
    memory = Memory(10)
    for task in (
        SAME,
        Compare(expression("(x+1)**2"), expression("x² + 2·x + 1")),
        Compare(SAME.left, SAME.right, "=", Setting(real=False)),
        Compare(SAME.left, SAME.right, "=", Setting(values={"x": expression("2")})),
    ):
        memory.decide(task, Budget())
    memory.decide(SAME, Budget(500_000))
    assert memory.recalled == 0


def test_what_the_clock_stopped_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(task: object, budget: Budget) -> Finding:
        budget.stop()
        return Finding(Undecided(timeout=True))

    memory = Memory(10)
    monkeypatch.setattr(memory_module, "decide", late)
    memory.decide(SAME, Budget())
    monkeypatch.setattr(memory_module, "decide", decide)
    assert memory.decide(SAME, Budget()) == decide(SAME, Budget())
    assert memory.recalled == 0


def test_faults_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(task: object, budget: Budget) -> Finding:
        raise OutOfBudget("spent")

    memory = Memory(10)
    monkeypatch.setattr(memory_module, "decide", failing)
    for _ in range(2):
        with pytest.raises(OutOfBudget):
            memory.decide(SAME, Budget())
    assert memory.recalled == 0


def test_it_holds_no_more_than_it_is_told() -> None:
    memory = Memory(3)
    for n in range(10):
        memory.decide(Compare(expression(f"{n} + 1"), expression(f"{n + 1}")), Budget())
    assert len(memory._known) == 3
    memory.keep(0)
    assert not memory._known
    memory.decide(SAME, Budget())
    assert not memory._known, "it was told to remember nothing"
