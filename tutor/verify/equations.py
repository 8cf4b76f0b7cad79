"""Equations: how the solutions of a line stand to those of the line before."""

from __future__ import annotations

from tutor.bridge.balls import evaluate
from tutor.bridge.roots import Root
from tutor.bridge.solution_sets import RealSet, SolutionSet
from tutor.bridge.solving import linear_relation, multiplicity_differs, value_text
from tutor.errors import OutOfBudget, TooLarge, Undefined, Unsupported
from tutor.records import Evidence, Relation, Remark, SolutionSets, SolutionsLost, Undecided
from tutor.syntax.tree import Both, Chain, Either, Expr, Node, NoSolution, AllValues, Statement, Symbol, children, symbols
from tutor.verify.meaning import resolve
from tutor.verify.one_unknown import (
    Standing,
    decimals,
    holds,
    set_text,
    solution_set,
    spelt_out,
    stand,
)
from tutor.verify.both_sides import same_operation_on_both_sides
from tutor.verify.tasks import Budget, Finding, Relate, Setting, Task

__all__ = ["NAME", "accepts", "judge", "same_operation_on_both_sides"]

NAME = "equations"

INEQUALITIES = frozenset({"<", "<=", ">", ">=", "!="})


def relations_of(statement: Node) -> set[str]:
    """The relation signs that occur in a statement."""
    if isinstance(statement, Chain):
        return set(statement.relations)
    if isinstance(statement, Either | Both):
        found: set[str] = set()
        for part in statement.parts:
            found |= relations_of(part)
        return found
    return set()


def accepts(task: Task) -> bool:
    """Two equations, one of which has an unknown."""
    if not isinstance(task, Relate):
        return False
    before, after = task.before, task.after
    if before.__class__ is Chain and after.__class__ is Chain and before.relations == after.relations == ("=",):  # type: ignore[union-attr]
        return True
    signs = relations_of(before)
    return bool(signs) and not (signs | relations_of(after)) & INEQUALITIES and _is_claim(after)


def _is_claim(statement: Statement) -> bool:
    return isinstance(statement, Chain | Either | Both | NoSolution | AllValues)


def judge(task: Task, budget: Budget) -> Finding | None:
    """The relation of the two lines, or None."""
    assert isinstance(task, Relate)
    quick = _linear(task)
    if quick is not None:
        return quick
    before, after, name = one_unknown(task.before, task.after, task.setting)
    if name is None:
        from tutor.verify.several_unknowns import relate_in_several

        return relate_in_several(before, after, task.setting, budget) if symbols(before) else _numbers(before, after)
    budget.spend(2_000)
    return relate_in_one_unknown(before, after, name, task.setting, budget)


def _first_symbol(node: Node) -> str | None:
    if node.__class__ is Symbol:
        return node.name  # type: ignore[attr-defined]
    for child in children(node):
        found = _first_symbol(child)
        if found is not None:
            return found
    return None


# ---------------------------------------------------------------- linear equations, the common case


def _linear(task: Relate) -> Finding | None:
    before, after = task.before, task.after
    if not (
        before.__class__ is Chain
        and after.__class__ is Chain
        and before.relations == ("=",)  # type: ignore[union-attr]
        and after.relations == ("=",)  # type: ignore[union-attr]
    ):
        return None
    name = _first_symbol(before)
    if name is None or task.setting.functions:
        return None
    found = linear_relation(before.operands, after.operands, name, lambda: decimals(before))  # type: ignore[union-attr]
    if found is None:
        return None
    shown = f"{name} = {found.root.text}"
    now = "no solution" if found.after is None else f"{name} = {found.after.text}"
    if found.sides is not None:
        evidence = SolutionsLost((shown,), shown, now, () if found.after is None else (now,), Relation.DIFFERENT)
        return Finding(evidence, (witness_remark(shown, *found.sides),))
    remarks = (rounding_remark(found.rounding),) if found.rounding else ()
    if found.everything:
        everything = f"all {name}"
        return Finding(SolutionSets(Relation.SOLUTIONS_GAINED, shown, everything, (everything,)), (*remarks, SAYS_NOTHING))
    return Finding(SolutionSets(Relation.EQUIVALENT, shown, now), remarks)


SAYS_NOTHING = Remark("solutions_gained", "This line holds for every value, so it says nothing about the solution.")


def witness_remark(solution: str, left: str, right: str, sign: str = "=") -> Remark:
    """How a student can check that a line does not follow."""
    return Remark(
        "witness",
        f"{solution} solves the line before; here it gives {left} on the left and {right} on the right.",
    )


def rounding_remark(how: str) -> Remark:
    """The line holds as far as its decimals are shown."""
    if how == "truncated":
        return Remark("truncated", "The decimal is cut off where it should be rounded.")
    return Remark("rounded", "The decimal is rounded.")


# ---------------------------------------------------------------- one unknown


def one_unknown(before: Statement, after: Statement, setting: Setting) -> tuple[Statement, Statement, str | None]:
    """Both lines spelt out, and their one unknown; None where there are several."""
    before, after = spelt_out(before), spelt_out(after)
    names = symbols(before) - setting.integers
    if len(names) != 1:
        return before, after, None
    (name,) = names
    new = symbols(after) - setting.integers - {name}
    if new:
        folded = {n for n in new if n.casefold() == name.casefold()}
        if folded:
            after = rename(after, {n: name for n in folded})
            new -= folded
        if new and not (len(new) == 1 and next(iter(new)) in ("n", "k", "m")):
            return before, after, None
    return before, after, name


def rename(statement: Statement, names: dict[str, str]) -> Statement:
    """The same with symbols renamed."""
    from tutor.syntax.tree import substitute

    return substitute(statement, {old: Symbol(new) for old, new in names.items()})


def _numbers(before: Statement, after: Statement) -> Finding | None:
    """After a line of numbers that is false, a false line follows; the other cases are sums, not equations."""
    if symbols(after) or not isinstance(before, Chain) or not isinstance(after, Chain):
        return None
    nowhere = Root(None)
    none = Setting()
    if holds(before, "", nowhere, none, frozenset()) is False and holds(after, "", nowhere, none, frozenset()) is False:
        return Finding(SolutionSets(Relation.EQUIVALENT, "no solution", "no solution"))
    return None


def relate_in_one_unknown(
    before: Statement, after: Statement, name: str, setting: Setting, budget: Budget
) -> Finding | None:
    """How two statements about one unknown stand to each other; None where no method reaches."""
    known = decimals(before)
    had = solution_set(before, name, setting)
    budget.spend(500)
    has = solution_set(after, name, setting, known)
    budget.spend(500)
    return finding_of(before, after, had, has, name, setting, known)


def finding_of(
    before: Statement,
    after: Statement,
    had: SolutionSet,
    has: SolutionSet,
    name: str,
    setting: Setting,
    known: frozenset,  # type: ignore[type-arg]
) -> Finding | None:
    """The evidence and remarks for two solution sets."""
    standing = stand(had, has)
    shown, now = set_text(had, name), set_text(has, name)
    remarks: list[Remark] = []
    if standing.rounding:
        remarks.append(rounding_remark(standing.rounding))
    gained = tuple(_named(g, name) for g in standing.gained_text)
    if standing.principal_only:
        remarks.append(
            Remark("solutions_restricted", f"There are other solutions: {shown}, for every integer n.")
        )
        return Finding(SolutionSets(Relation.SOLUTIONS_LOST, shown, now, gained), tuple(remarks))
    if standing.lost:
        return _lost(before, after, standing, shown, now, gained, name, setting, known)
    if standing.gained:
        remarks.append(Remark("solutions_gained", f"New here: {', '.join(gained[:4])}. Check it in the line before."))
        return Finding(SolutionSets(Relation.SOLUTIONS_GAINED, shown, now, gained), tuple(remarks))
    relation = Relation.EQUIVALENT
    if _one_equation(before) and _one_equation(after) and multiplicity_differs(before.operands, after.operands, name):  # type: ignore[union-attr,arg-type]
        relation = Relation.SAME_ROOTS
    return Finding(SolutionSets(relation, shown, now), tuple(remarks))


def _one_equation(statement: Statement) -> bool:
    return isinstance(statement, Chain) and statement.relations == ("=",)


def _named(text: str, name: str) -> str:
    return f"{name} in {text}" if text.startswith("(") and "," in text else f"{name} = {text}"


def _lost(
    before: Statement,
    after: Statement,
    standing: Standing,
    shown: str,
    now: str,
    gained: tuple[str, ...],
    name: str,
    setting: Setting,
    known: frozenset,  # type: ignore[type-arg]
) -> Finding | None:
    certain: list[str] = []
    remark: Remark | None = None
    for root, text in zip(standing.lost, standing.lost_text, strict=False):
        if holds(after, name, root, setting, known) is not False:
            continue
        if not root.certain and holds(before, name, root, setting, None, prove=True) is not True:
            continue
        certain.append(_named(text, name))
        if remark is None:
            remark = _witness(after, name, root, setting)
    if not certain:
        return None
    return Finding(
        SolutionsLost(tuple(certain), shown, now, gained, standing.relation), () if remark is None else (remark,)
    )


def _witness(after: Statement, name: str, root: Root, setting: Setting) -> Remark:
    solution = f"{name} = {root.text}"
    if isinstance(after, Chain) and len(after.operands) == 2 and symbols(after) <= {name}:
        left, right = (value_text(resolve(o, setting), name, root) for o in after.operands)
        if left is not None and right is not None:
            sign = after.relations[0]
            if sign == "=":
                return witness_remark(solution, left, right)
            return Remark("witness", f"{solution} fulfils the line before; here it would say {left} {sign} {right}.")
        if left is None or right is None:
            return Remark("witness", f"{solution} solves the line before; here one side has no value there.")
    return Remark("witness", f"{solution} solves the line before, but not this line.")
