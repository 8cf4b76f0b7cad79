"""What may be asked of the killable child, and how much: sizes are capped before, the clock is only a backstop."""

from __future__ import annotations

from typing import Any

from tutor.syntax.tree import Call, Node, Number, Power, walk
from tutor.verify.tasks import Budget, Setting

MAX_NODES = 120
MAX_CALLS = 12
MAX_EXPONENT = 40
UNITS = 200_000  # what one question costs of a line's budget: five at most


class NoAnswer(Exception):
    """The child gave no answer; `timeout` says whether it was the clock or memory that stopped it."""

    def __init__(self, reason: str, *, timeout: bool) -> None:
        super().__init__(reason)
        self.timeout = timeout


def small_enough(*exprs: Node) -> bool:
    """Whether the child may be asked about these: few nodes, few functions, small exponents."""
    nodes = calls = 0
    for expr in exprs:
        for node in walk(expr):
            nodes += 1
            calls += isinstance(node, Call)
            if isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.value > MAX_EXPONENT:
                return False
    return nodes <= MAX_NODES and calls <= MAX_CALLS


def options(setting: Setting) -> dict[str, Any]:
    """The setting in the words of `to_sympy`."""
    return {
        "real": setting.real,
        "angle_unit": setting.angle_unit,
        "log_base": setting.log_base,
        "integers": setting.integers,
    }


def ask(budget: Budget, task: str, *args: object) -> Any:
    """The child's answer.

    Raises:
        NoAnswer: refused, late or dead.
        OutOfBudget: the line has asked too much already.
    """
    from tutor.verify import worker

    budget.spend(UNITS)
    try:
        return worker.SHARED.ask(task, *args)
    except NoAnswer as reason:
        if reason.timeout:
            budget.stop()
        raise
