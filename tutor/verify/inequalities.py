"""Inequalities and intervals: one unknown by sign charts, several by a constant factor or by values."""

from __future__ import annotations

from tutor.bridge.factors import constant_factor
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.records import Relation, SolutionSets
from tutor.syntax.tree import AllValues, Both, Chain, Either, NoSolution, Statement, symbols
from tutor.verify.equations import INEQUALITIES, one_unknown, relate_in_one_unknown, relations_of
from tutor.verify.several_unknowns import by_values, resolved
from tutor.verify.tasks import Budget, Finding, Relate, Task

NAME = "inequalities"

FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "!=": "!=", "=": "="}


def accepts(task: Task) -> bool:
    """Two statements, one of which holds an inequality sign."""
    if not isinstance(task, Relate):
        return False
    kinds = Chain | Either | Both | NoSolution | AllValues
    if not isinstance(task.before, kinds) or not isinstance(task.after, kinds):
        return False
    signs = relations_of(task.before) | relations_of(task.after)
    return bool(signs & INEQUALITIES)


def judge(task: Task, budget: Budget) -> Finding | None:
    """The relation of the two lines, or None."""
    assert isinstance(task, Relate)
    before, after, name = one_unknown(task.before, task.after, task.setting)
    if name is not None:
        budget.spend(2_000)
        return relate_in_one_unknown(before, after, name, task.setting, budget)
    if not symbols(before):
        return None
    before, after = resolved(before, task.setting), resolved(after, task.setting)
    if _same_half_plane(before, after):
        return Finding(SolutionSets(Relation.EQUIVALENT, "", ""))
    if symbols(after) - symbols(before):
        return None
    return by_values(before, after, task.setting, budget)


def _same_half_plane(before: Statement, after: Statement) -> bool:
    """Whether after is before times a number, its sign turned where the number is negative."""
    if not (isinstance(before, Chain) and isinstance(after, Chain)):
        return False
    if len(before.relations) != 1 or len(after.relations) != 1:
        return False
    try:
        factor = constant_factor(before.operands, after.operands)  # type: ignore[arg-type]
    except (Unsupported, Undefined, TooLarge):
        return False
    if not factor:
        return False
    sign = before.relations[0]
    return after.relations[0] == (sign if factor > 0 else FLIPPED.get(sign))
