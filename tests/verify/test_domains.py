from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from tutor.errors import OutOfBudget, TooLarge, Undefined, Unsupported
from tutor.records import Identity, Undecided, Verdict
from tutor.syntax.read import read_expr
from tutor.verify import domains
from tutor.verify.tasks import Budget, Compare, Finding

TASK = Compare(read_expr("x+x"), read_expr("2x"))


def stub(name: str, result: object, *, accepts: bool = True) -> SimpleNamespace:
    def judge(_task: object, _budget: object) -> object:
        if isinstance(result, Exception):
            raise result
        return result

    return SimpleNamespace(NAME=name, accepts=lambda _task: accepts, judge=judge)


def with_domains(monkeypatch: pytest.MonkeyPatch, *each: SimpleNamespace) -> None:
    monkeypatch.setattr(domains, "DOMAINS", tuple(s.NAME for s in each))
    monkeypatch.setattr(domains, "domain", {s.NAME: s for s in each}.__getitem__)


def test_the_first_finding_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Finding(Identity("first")), Finding(Identity("second"))
    with_domains(monkeypatch, stub("none", None), stub("a", first), stub("b", second))
    assert domains.decide(TASK) is first


def test_a_domain_that_does_not_accept_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with_domains(monkeypatch, stub("a", AssertionError("asked"), accepts=False), stub("b", None))
    assert domains.decide(TASK).evidence == Undecided(("b",))


@pytest.mark.parametrize("error", [OutOfBudget("x"), Unsupported("x"), Undefined("x"), TooLarge("x"), RecursionError()])
def test_a_domain_that_gives_up_lets_the_next_one_try(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    found = Finding(Identity())
    with_domains(monkeypatch, stub("a", error), stub("b", found))
    assert domains.decide(TASK) is found
    with_domains(monkeypatch, stub("a", error), stub("b", None))
    why = str(error) if isinstance(error, TooLarge) else ""  # what was too large is said
    assert domains.decide(TASK).evidence == Undecided(("a", "b"), why=why)


def test_without_budget_the_answer_is_undecided() -> None:
    finding = domains.decide(Compare(read_expr("sin(x)+y"), read_expr("sin(x)+z")), Budget(10))
    assert finding.evidence.verdict is Verdict.UNDECIDED


def test_a_line_of_arithmetic_loads_no_computer_algebra() -> None:
    program = (
        "import sys\n"
        "from tutor.syntax.read import read_expr as r\n"
        "from tutor.verify.domains import decide\n"
        "from tutor.verify.tasks import Compare\n"
        "decide(Compare(r('2+3'), r('5'))), decide(Compare(r('2(x+3)'), r('2x+6')))\n"
        "print(*[m for m in ('sympy', 'pint', 'tutor.verify.equations') if m in sys.modules])\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""
