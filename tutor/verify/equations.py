"""Equations: how the solutions of a line stand to those of the line before."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tutor.bridge.by_substitution import INTEGER_LETTERS, member_text
from tutor.bridge.roots import Root
from tutor.bridge.search import roots_by_search
from tutor.bridge.solution_sets import Periodic, SolutionSet
from tutor.bridge.solving import is_affine, linear_relation, multiplicity_differs, value_text
from tutor.errors import Undefined, Unsupported
from tutor.records import Counterexample, Relation, Remark, Samples, SolutionSets, SolutionsLost, Undecided, Verdict
from tutor.syntax.tree import (
    AllValues,
    Both,
    Call,
    Chain,
    Constant,
    Degrees,
    Either,
    Expr,
    Node,
    NoSolution,
    Number,
    Power,
    Quotient,
    Statement,
    Symbol,
    children,
    kinds,
    substitute,
    symbols,
    walk,
)
from tutor.syntax.tree import Root as Radical
from tutor.verify.both_sides import same_operation_on_both_sides
from tutor.verify.kinds import is_definition
from tutor.verify.meaning import INVERSE, TRIGONOMETRIC, resolve
from tutor.verify.one_unknown import (
    Standing,
    decimals,
    exact_decimals,
    holds,
    named,
    set_text,
    solution_set,
    spelt_out,
    stand,
)
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
    if before.__class__ is Chain and after.__class__ is Chain and before.relations == after.relations == ("=",):
        return True
    if isinstance(before, Both) or isinstance(after, Both):
        names = symbols(before)
        if len(names) > 1 and len({n.casefold() for n in names | symbols(after)} - INTEGER_LETTERS) > 1:
            return False
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
    if task.setting.functions and is_definition(task.before, task.setting):
        return Finding(Undecided(("the line before is a definition",)))
    before, after, name = one_unknown(task.before, task.after, task.setting)
    if name is None:
        from tutor.verify.several_unknowns import relate_in_several

        return relate_in_several(before, after, task.setting, budget) if symbols(before) else _numbers(before, after)
    budget.spend(2_000)
    return relate_in_one_unknown(before, after, name, task.setting, budget)


def _first_symbol(node: Node) -> str | None:
    if node.__class__ is Symbol:
        return node.name
    for child in children(node):
        found = _first_symbol(child)
        if found is not None:
            return found
    return None


def _sides(chain: Chain) -> tuple[Expr, Expr]:
    left, right = chain.operands
    return left, right


# ---------------------------------------------------------------- linear equations, the common case


def _linear(task: Relate) -> Finding | None:
    before, after = task.before, task.after
    if not (
        before.__class__ is Chain
        and after.__class__ is Chain
        and before.relations == ("=",)
        and after.relations == ("=",)
    ):
        return None
    name = _first_symbol(before)
    if name is None or task.setting.functions:
        return None
    found = linear_relation(_sides(before), _sides(after), name, lambda: decimals(before))
    if found is None:
        return None
    decimal = found.decimal
    shown = f"{name} = {found.root.show(decimal)}"
    now = "no solution" if found.after is None else f"{name} = {found.after.show(decimal)}"
    if found.sides is not None:
        evidence = SolutionsLost((shown,), shown, now, () if found.after is None else (now,), Relation.DIFFERENT)
        return Finding(evidence, (witness_remark(shown, *found.sides),))
    remarks = (rounding_remark(found.rounding),) if found.rounding else ()
    if found.everything:
        everything = f"all {name}"
        return Finding(
            SolutionSets(Relation.SOLUTIONS_GAINED, shown, everything, (everything,)), (*remarks, SAYS_NOTHING)
        )
    return Finding(SolutionSets(Relation.EQUIVALENT, shown, now), remarks)


SAYS_NOTHING = Remark("solutions_gained", "This line holds for every value, so it says nothing about the solution.")


def witness_remark(solution: str, left: str, right: str) -> Remark:
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
            after = rename(after, dict.fromkeys(folded, name))
            new -= folded
        if not new <= INTEGER_LETTERS:
            return before, after, None
    return before, after, name


def rename(statement: Statement, names: dict[str, str]) -> Statement:
    """The same with symbols renamed."""
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
    try:
        had = solution_set(before, name, setting)
        budget.spend(500)
        has = solution_set(after, name, setting, known)
        budget.spend(500)
        found = finding_of(before, after, had, has, name, setting, known)
    except (Unsupported, Undefined):
        found = by_search(before, after, name, setting, budget)
    if found is None or found.evidence.verdict is not Verdict.CORRECT:
        degrees = _in_degrees(before, after, setting)
        if degrees is not None:
            again = relate_in_one_unknown(before, after, name, degrees, budget)
            if again is not None and again.evidence.verdict is Verdict.CORRECT:
                return Finding(again.evidence, (*again.remarks, Remark("reading", "Angles were read in degrees.")))
        if setting.angle_unit == "degree" and Degrees in kinds(before) | kinds(after):
            again = relate_in_one_unknown(before, after, name, replace(setting, angle_unit="radian"), budget)
            if again is not None and again.evidence.verdict is Verdict.CORRECT:
                return again  # x = 24.4°, the sign written out, is no number of degrees
    return found


def _in_degrees(before: Statement, after: Statement, setting: Setting) -> Setting | None:
    """The setting with degrees for bare angles, where the lines leave the unit open."""
    if setting.angle_unit != "radian":
        return None
    trigonometric = False
    if Call not in kinds(before) | kinds(after):
        return None
    for statement in (before, after):
        for node in walk(statement):
            if isinstance(node, Degrees) or (isinstance(node, Constant) and node.name == "pi"):
                return None
            if isinstance(node, Call) and node.name in TRIGONOMETRIC | INVERSE:
                trigonometric = True
    return replace(setting, angle_unit="degree") if trigonometric else None


def by_search(before: Statement, after: Statement, name: str, setting: Setting, budget: Budget) -> Finding | None:
    """Where one of the lines cannot be solved in full: each solution that is found is tried in the other line."""
    known = decimals(before)
    had = _some_solutions(before, name, setting, budget)
    if not had:
        return None
    lost = []
    for root in had:
        true = holds(after, name, root, setting, known)
        if true is None:
            return None
        if not true:
            if not root.certain and holds(before, name, root, setting, None, prove=True) is not True:
                return None
            lost.append(root)
    shown = " or ".join(f"{name} = {r.text}" for r in had[:6])
    if lost:
        relation = Relation.DIFFERENT if len(lost) == len(had) else Relation.SOLUTIONS_LOST
        texts = tuple(f"{name} = {r.text}" for r in lost[:6])
        return Finding(SolutionsLost(texts, shown, "", (), relation), (_witness(after, name, lost[0], setting),))
    has = _some_solutions(after, name, setting, budget, known)
    gained = [r for r in has if r.accepts is None and holds(before, name, r, setting, None) is False]
    if gained:
        texts = tuple(f"{name} = {r.text}" for r in gained[:6])
        note = Remark("solutions_gained", f"New here: {', '.join(texts)}. Check it in the line before.")
        return Finding(Samples(len(had), Relation.SOLUTIONS_GAINED), (note,))
    return Finding(Samples(len(had), Relation.EQUIVALENT if has else Relation.CONSEQUENCE))


def _some_solutions(
    statement: Statement, name: str, setting: Setting, budget: Budget, known: frozenset[Fraction] | None = None
) -> list[Root]:
    try:
        found = solution_set(statement, name, setting, known)
    except (Unsupported, Undefined):
        if not _one_equation(statement):
            return []
        budget.spend(20_000)
        left, right = (resolve(o, setting) for o in statement.operands)  # type: ignore[union-attr]
        return roots_by_search(left, right, name)
    if isinstance(found, Periodic):
        return sorted(found.members(2), key=lambda r: abs(float(r.ball().mid())))
    return list(found.points) if found.finite else []


def finding_of(
    before: Statement,
    after: Statement,
    had: SolutionSet,
    has: SolutionSet,
    name: str,
    setting: Setting,
    known: frozenset[Fraction],
) -> Finding | None:
    """The evidence and remarks for two solution sets."""
    decimal = bool(known or decimals(after))
    standing = stand(had, has, decimal=decimal)
    shown, now = set_text(had, name, decimal=decimal), set_text(has, name, decimal=decimal)
    remarks: list[Remark] = []
    if standing.rounding:
        remarks.append(rounding_remark(standing.rounding))
    gained = tuple(named(g, name) for g in standing.gained_text)
    if standing.principal_only:
        remarks.append(Remark("solutions_restricted", f"There are other solutions: {shown}, for every integer n."))
        return Finding(SolutionSets(Relation.SOLUTIONS_LOST, shown, now, gained), tuple(remarks))
    if standing.lost:
        return _lost(before, after, standing, shown, now, gained, name, setting, known)
    if standing.gained:
        broken = _too_many(before, after, standing, shown, now, name, setting)
        if broken is not None:
            return broken
        remarks.append(Remark("solutions_gained", f"New here: {', '.join(gained[:4])}. Check it in the line before."))
        return Finding(SolutionSets(Relation.SOLUTIONS_GAINED, shown, now, gained), tuple(remarks))
    relation = Relation.EQUIVALENT
    if _one_equation(before) and _one_equation(after) and multiplicity_differs(before.operands, after.operands, name):  # type: ignore[union-attr,arg-type]
        relation = Relation.SAME_ROOTS
    return Finding(SolutionSets(relation, shown, now), tuple(remarks))


def _too_many(
    before: Statement, after: Statement, standing: Standing, shown: str, now: str, name: str, setting: Setting
) -> Finding | None:
    """New solutions where no step of solving brings any.

    Squaring or multiplying by an expression brings new solutions, and they are checked later; but nothing that is
    done to solve an inequality of polynomials does, nor to two equations of degree one.
    """
    signs = relations_of(before)
    if signs & INEQUALITIES:
        weakened = is_solved(before, name) and "in" not in relations_of(after)
        allowed = weakened or not _without_domain(before, name) or not _without_domain(after, name)
        relation = Relation.SOLUTIONS_GAINED
    else:
        allowed = not (_affine(before, name) and _affine(after, name))
        relation = Relation.DIFFERENT
    if allowed:
        return None
    for root, text in zip(standing.gained, standing.gained_text, strict=False):
        if root.exact is None or holds(before, name, root, setting, None) is not False:
            continue
        if holds(after, name, root, setting, None, prove=True) is not True:
            continue
        value = root.show(bool(decimals(after)))
        note = Remark(
            "witness", f"{name} = {value} fulfils this line, but not the line before ({named(text, name)} is new)."
        )
        return Finding(Counterexample({name: value}, "no", "yes", shown, now, relation), (note,))
    return None


def is_solved(statement: Statement, name: str) -> bool:
    """Whether the unknown stands alone on one side of every relation."""
    if isinstance(statement, Either | Both):
        return all(is_solved(p, name) for p in statement.parts)
    if not isinstance(statement, Chain):
        return True
    bare = [isinstance(o, Symbol) and o.name == name for o in statement.operands]
    return sum(bare) == 1 and sum(name in symbols(o) for o in statement.operands) == 1


def _without_domain(statement: Statement, name: str) -> bool:
    """Whether every side has a value for every x: no roots, logarithms or divisions by the unknown."""
    for node in walk(statement):
        if isinstance(node, Radical | Call) and name in symbols(node):
            return False
        if isinstance(node, Quotient) and name in symbols(node.bottom):
            return False
        if isinstance(node, Power) and not isinstance(node.exponent, Number):
            return False
    return True


def _affine(statement: Statement, name: str) -> bool:
    return isinstance(statement, Chain) and _one_equation(statement) and is_affine(_sides(statement), name)


def _one_equation(statement: Statement) -> bool:
    return isinstance(statement, Chain) and statement.relations == ("=",)


def _lost(
    before: Statement,
    after: Statement,
    standing: Standing,
    shown: str,
    now: str,
    gained: tuple[str, ...],
    name: str,
    setting: Setting,
    known: frozenset[Fraction],
) -> Finding | None:
    exact = exact_decimals(known, after)
    certain: list[str] = []
    remark: Remark | None = None
    families = len(standing.lost_text) < min(len(standing.lost), 6)
    for root, text in zip(standing.lost[:6], standing.lost_text + [""] * 6, strict=False):
        if holds(after, name, root, setting, exact) is not False:
            continue
        if not root.certain and holds(before, name, root, setting, None, prove=True) is not True:
            continue
        if families:
            # Members of the same families, found in the same way: one that is checked speaks for them.
            certain = [named(t, name) for t in standing.lost_text]
        elif text:
            certain.append(named(text, name))
        if remark is None:
            remark = _witness(after, name, root, setting)
        if families:
            break
    if not certain:
        return None
    return Finding(
        SolutionsLost(tuple(certain), shown, now, gained, standing.relation), () if remark is None else (remark,)
    )


def _witness(after: Statement, name: str, root: Root, setting: Setting) -> Remark:
    decimal = bool(decimals(after))
    solution = f"{name} = {root.show(decimal) if root.exact is not None else member_text(root)}"
    if isinstance(after, Chain) and len(after.operands) == 2 and symbols(after) <= {name}:
        left, right = (value_text(resolve(o, setting), name, root, decimal=decimal) for o in after.operands)
        if left is not None and right is not None:
            sign = after.relations[0]
            if sign == "=":
                return witness_remark(solution, left, right)
            return Remark("witness", f"{solution} fulfils the line before; here it would say {left} {sign} {right}.")
        if left is None or right is None:
            return Remark("witness", f"{solution} solves the line before; here one side has no value there.")
    return Remark("witness", f"{solution} solves the line before, but not this line.")
