"""Vectors: components, dot and cross products, lengths, unit vectors i, j, k."""

from __future__ import annotations

from tutor.syntax.tree import Expr, Node, Symbol, Tuple, walk
from tutor.verify.kinds import kinds_of
from tutor.verify.matrices import compare_arrays
from tutor.verify.tasks import Budget, Compare, Finding, Task

NAME = "vectors"
TUPLES: frozenset[type[Node]] = frozenset({Tuple})
HATS = frozenset({"i_hat", "j_hat", "k_hat", "hat_i", "hat_j", "hat_k"})


def accepts(task: Task) -> bool:
    """A vector stands in it, or a symbol that is known to be one."""
    if not isinstance(task, Compare) or task.sign not in ("=", "≈"):
        return False
    kinds = kinds_of(task)
    if kinds.any(TUPLES) or _unit_vectors(task):
        return True
    return any(_holds_vector(v) for n, v in task.setting.values.items() if n in kinds.symbols)


def _holds_vector(e: Expr) -> bool:
    names = {n.name for n in walk(e) if isinstance(n, Symbol)}
    return any(isinstance(n, Tuple) for n in walk(e)) or bool(names & HATS)


def _unit_vectors(task: Compare) -> bool:
    """Whether i, j, k stand for unit vectors: with hats, or i beside j."""
    kinds = kinds_of(task)
    names = set(kinds.symbols)
    if not task.setting.values and "j" not in names and names.isdisjoint(HATS):
        return False
    for n, v in task.setting.values.items():
        if n in kinds.symbols:
            names |= {s.name for s in walk(v) if isinstance(s, Symbol)}
    if names & HATS:
        return True
    i = "i" in kinds.constants or "i" in names
    return (i and "j" in names and "i" not in task.setting.values) or ({"j", "k"} <= names and i)


def judge(task: Task, budget: Budget) -> Finding | None:
    """Work out both sides and compare them component by component."""
    if not isinstance(task, Compare):
        return None
    return compare_arrays(task, budget, unit_vectors=_unit_vectors(task))
