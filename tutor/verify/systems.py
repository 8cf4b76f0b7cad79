"""Systems, and what follows from several lines together: values put in, equations combined, systems solved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from tutor.bridge.groebner import Solution, System, in_span, solutions, values_of, vanishes_with
from tutor.bridge.solving import compare_sides, value_at
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.records import (
    Contradicts,
    Counterexample,
    FollowsFrom,
    Relation,
    Remark,
    Samples,
    SolutionSets,
    SolutionsLost,
    Verdict,
)
from tutor.syntax.tree import (
    AllValues,
    AnyNode,
    Both,
    Bracket,
    Chain,
    Degrees,
    Either,
    Expr,
    Node,
    NoSolution,
    SetOf,
    Statement,
    Symbol,
    Tuple,
    kinds,
    rebuild,
    substitute,
    symbols,
    walk,
)
from tutor.verify.equations import relate_in_one_unknown
from tutor.verify.kinds import is_definition
from tutor.verify.one_unknown import decimals, spelt_out
from tutor.verify.several_unknowns import POINTS, assignments, names_variables, number, resolved
from tutor.verify.tasks import Budget, Entail, Finding, Relate, Setting, Task

NAME = "systems"

MAX_FACTS = 12
MAX_CASES = 8
MAX_NODES = 600

Pair = tuple[Expr, str, Expr]
# Numbers, or balls, for symbols.
Values = dict[str, Any]


def accepts(task: Task) -> bool:
    """What follows from several lines, or from a system."""
    stated = Chain | Either | Both | NoSolution | AllValues
    if isinstance(task, Entail):
        return bool(task.premises) and all(isinstance(p, stated) for p in (*task.premises, task.after))
    return isinstance(task, Relate) and isinstance(task.before, stated) and isinstance(task.after, stated)


def with_bare_degrees(task: Task) -> Task:
    """C = 60 for C = 60°, where bare angles are in degrees: put into cos C it is the same angle."""
    if isinstance(task, Entail):
        return replace(task, premises=tuple(map(bare_degrees, task.premises)), after=bare_degrees(task.after))
    if isinstance(task, Relate):
        return replace(task, before=bare_degrees(task.before), after=bare_degrees(task.after))
    return task


def bare_degrees(node: AnyNode) -> AnyNode:
    """x for x°."""
    if Degrees not in kinds(node):
        return node

    def change(part: Node) -> Node:
        return Bracket(part.operand) if isinstance(part, Degrees) else rebuild(part, change)

    return change(node)  # type: ignore[return-value]


def judge(task: Task, budget: Budget) -> Finding | None:
    """A finding, or None."""
    if task.setting.angle_unit == "degree":
        task = with_bare_degrees(task)
    if isinstance(task, Entail):
        premises = task.premises
        if task.setting.functions:
            premises = tuple(p for p in premises if not is_definition(p, task.setting))
        return entail(premises, task.after, task.setting, budget) if premises else None
    assert isinstance(task, Relate)
    found = entail((task.before,), task.after, task.setting, budget)
    if found is None or not isinstance(task.before, Both) or not isinstance(task.after, Both):
        return found
    if found.evidence.verdict is not Verdict.CORRECT:
        return found
    back = entail((task.after,), task.before, task.setting, budget)
    if back is not None and back.evidence.verdict is Verdict.CORRECT:
        return Finding(SolutionSets(Relation.EQUIVALENT, "", ""), found.remarks)
    if back is not None and back.evidence.verdict is Verdict.WRONG:
        note = Remark("solutions_gained", "This system has solutions that the one before does not have.")
        return Finding(SolutionSets(Relation.SOLUTIONS_GAINED, "", ""), (*found.remarks, note))
    return found


# ---------------------------------------------------------------- statements as cases of pairs


def cases_of(statement: Statement) -> list[list[Pair]]:
    """The statement as alternatives, each a list of relations that hold together.

    Raises:
        Unsupported: it is of another kind, or there are too many cases.
    """
    statement = spelt_out(statement)
    if isinstance(statement, Chain):
        return _cases_of_chain(statement)
    if isinstance(statement, Either):
        return _bounded([case for part in statement.parts for case in cases_of(part)])
    if isinstance(statement, Both):
        parts = [cases_of(part) for part in statement.parts]
        return _bounded([[pair for case in combination for pair in case] for combination in product(*parts)])
    raise Unsupported("a statement of another kind")


def _bounded(cases: list[list[Pair]]) -> list[list[Pair]]:
    if len(cases) > MAX_CASES:
        raise Unsupported("too many cases")
    return cases


def _cases_of_chain(chain: Chain) -> list[list[Pair]]:
    pairs: list[Pair] = []
    for i, sign in enumerate(chain.relations):
        left, right = chain.operands[i], chain.operands[i + 1]
        if isinstance(left, Tuple) and isinstance(right, Tuple) and sign == "=" and len(left.items) == len(right.items):
            pairs += [(a, "=", b) for a, b in zip(left.items, right.items, strict=True)]
        elif isinstance(left, Tuple) and sign in ("in", "=") and isinstance(right, SetOf):
            if len(chain.relations) > 1:
                raise Unsupported("a chain of tuples")
            return _bounded([case for item in right.items for case in _cases_of_chain(Chain((left, item), ("=",)))])
        elif sign in ("=", "≈", "<", "<=", ">", ">=", "!="):
            pairs.append((left, sign, right))
        else:
            raise Unsupported(f"the relation {sign}")
    return [pairs]


# ---------------------------------------------------------------- what follows


def entail(premises: Sequence[Statement], after: Statement, setting: Setting, budget: Budget) -> Finding | None:
    """Whether `after` holds wherever all premises hold; refuted only by a solution of them all."""
    if len(premises) > MAX_FACTS:
        return None
    if any(names_variables(p) for p in (*premises, after)):
        return None
    premises = [resolved(p, setting) for p in premises]
    after = resolved(after, setting)
    if symbols(after) - frozenset().union(*(symbols(p) for p in premises)) - setting.integers:
        # It says something new; nothing is known of that, so nothing is refuted.
        return None
    known = frozenset().union(*(decimals(p) for p in premises))
    goal = cases_of(after) if not isinstance(after, NoSolution) else []
    findings = []
    # Too many cases in the premises, or one that is no statement of pairs: nothing can be said of them together.
    alternatives = _bounded(
        [[pair for case in combination for pair in case] for combination in product(*(cases_of(p) for p in premises))]
    )
    for facts in alternatives:
        budget.spend(2_000)
        findings.append(_one_case(facts, goal, after, setting, known, budget))
    if len(findings) == 1:
        return findings[0]
    wrong = [f for f in findings if f is not None and f.evidence.verdict is Verdict.WRONG]
    if wrong:
        return wrong[0]
    if all(f is not None and f.evidence.verdict is Verdict.CORRECT for f in findings):
        return findings[0]
    return None


def _one_case(
    facts: list[Pair],
    goal: list[list[Pair]],
    after: Statement,
    setting: Setting,
    known: frozenset[Fraction],
    budget: Budget,
) -> Finding | None:
    open_facts, values = _put_in(facts)
    if open_facts is None:
        return None
    facts = open_facts
    goal = [[(_with(a, values), s, _with(b, values)) for a, s, b in case] for case in goal]
    free = frozenset().union(*(symbols(e) for case in goal for a, _, b in case for e in (a, b)))
    open_names = frozenset().union(*(symbols(e) for a, _, b in facts for e in (a, b)))
    if goal and not free:
        found = _numbers(goal, after, values, known)
        if not facts or found is None or found.evidence.verdict is Verdict.CORRECT:
            return found
        return found if _consistent(facts, sorted(open_names)) else _no_solution(facts, sorted(open_names))
    if isinstance(after, NoSolution) and len(open_names) != 1:
        return _no_solution(facts, sorted(open_names))
    if len(free) == 1 and not setting.integers:
        (name,) = free
        own = [f for f in facts if name in symbols(f[0]) | symbols(f[2])]
        if own and all(symbols(a) | symbols(b) == {name} for a, _, b in own):
            return _in_one(own, goal, name, setting, budget, whole=len(own) == len(facts))
    if not goal:
        return None
    return _as_system(facts, goal, sorted(open_names | free), values, known, budget)


def _consistent(facts: list[Pair], names: list[str]) -> bool:
    """Whether the facts certainly have a common solution."""
    try:
        found = solutions(System([(a, b) for a, s, b in facts if s in ("=", "≈")], tuple(names)))
    except (Unsupported, Undefined, TooLarge):
        return False
    for solution in found or ():
        at = _balls(solution)
        if all(r.certain for r in solution.values()) and all(compare_sides(a, s, b, at, None) for a, s, b in facts):
            return True
    return False


def _no_solution(facts: list[Pair], names: list[str]) -> Finding | None:
    """What contradicts itself may be followed by `no solution` or a false line."""
    try:
        found = solutions(System([(a, b) for a, s, b in facts if s in ("=", "≈")], tuple(names)))
    except (Unsupported, Undefined, TooLarge):
        return None
    return Finding(FollowsFrom((), method="the equations contradict each other")) if found == [] else None


def _put_in(facts: list[Pair]) -> tuple[list[Pair] | None, dict[str, Expr]]:
    """Use each fact `symbol = expression` to remove the symbol; None where the facts contradict each other."""
    facts = list(facts)
    values: dict[str, Expr] = {}
    # Plain values first: they make the others shorter.
    for bare in (True, False):
        k = 0
        while k < len(facts):
            left, sign, right = facts[k]
            found = None
            if sign in ("=", "≈"):
                for a, b in ((left, right), (right, left)):
                    if isinstance(a, Symbol) and a.name not in symbols(b) and (not bare or not symbols(b)):
                        found = a.name, b
                        break
            if found is None:
                k += 1
                continue
            name, value = found
            del facts[k]
            facts = [(_with(a, {name: value}), s, _with(b, {name: value})) for a, s, b in facts]
            values = {n: _with(v, {name: value}) for n, v in values.items()}
            values[name] = value
            if any(_size(e) > MAX_NODES for a, _, b in facts for e in (a, b)):
                raise TooLarge("values put in make an expression that is too long")
            k = 0
    rest = []
    for a, s, b in facts:
        if symbols(a) | symbols(b):
            rest.append((a, s, b))
        elif compare_sides(a, s, b, {}, None) is not True:
            return None, values
    return rest, values


def _with(e: Expr, values: dict[str, Expr]) -> Expr:
    return substitute(e, values) if values else e


def _size(e: Expr) -> int:
    return sum(1 for _ in walk(e))


def _numbers(
    goal: list[list[Pair]], after: Statement, values: dict[str, Expr], known: frozenset[Fraction]
) -> Finding | None:
    """A goal without open symbols: each side is a number."""
    results = [[compare_sides(a, s, b, {}, known) for a, s, b in case] for case in goal]
    truths = [False if False in r else None if None in r else True for r in results]
    if True in truths:
        remarks: tuple[Remark, ...] = ()
        if any(compare_sides(a, s, b, {}, None) is False for a, s, b in goal[truths.index(True)] if s == "="):
            remarks = (Remark("rounded", "The decimal is rounded."),)
        return Finding(FollowsFrom((), method="values put in"), remarks)
    if None in truths:
        return None
    if isinstance(after, Chain) and len(after.operands) == 2 and isinstance(after.operands[0], Symbol):
        (a, _, b) = goal[0][0]
        forced, claimed = (value_at(e, {}, decimal=bool(known | decimals(after))) for e in (a, b))
        if forced is not None and claimed is not None:
            return Finding(Contradicts(after.operands[0].name, (forced,), (claimed,)))
    for case, result in zip(goal, results, strict=True):
        for (a, s, b), true in zip(case, result, strict=True):
            if true is False:
                left, right = value_at(a, {}), value_at(b, {})
                if left is not None and right is not None:
                    shown = {n: v for n, e in values.items() if (v := value_at(e, {})) is not None}
                    return Finding(
                        Counterexample(shown, left, right),
                        (Remark("witness", f"With the values before, this line says {left} {s} {right}."),),
                    )
    return None


def _in_one(
    own: list[Pair], goal: list[list[Pair]], name: str, setting: Setting, budget: Budget, *, whole: bool
) -> Finding | None:
    """All that is said of one symbol, and a goal about it."""
    before = _statement([own])
    after = _statement(goal) if goal else NoSolution()
    found = relate_in_one_unknown(before, after, name, setting, budget)
    if found is None:
        return None
    if found.evidence.verdict is Verdict.CORRECT:
        return Finding(FollowsFrom((), method="values put in"), found.remarks)
    # The other facts are about other symbols; where they may have no solution, nothing is refuted.
    return found if whole else None


def _statement(cases: list[list[Pair]]) -> Statement:
    parts = []
    for case in cases:
        chains = tuple(Chain((a, b), (s,)) for a, s, b in case)
        parts.append(chains[0] if len(chains) == 1 else Both(chains))
    return parts[0] if len(parts) == 1 else Either(tuple(parts))


def _as_system(
    facts: list[Pair],
    goal: list[list[Pair]],
    names: list[str],
    values: dict[str, Expr],
    known: frozenset[Fraction],
    budget: Budget,
) -> Finding | None:
    """Polynomial equations together: by combination, by their solutions, by values for what stays free."""
    equations = [(a, b) for a, s, b in facts if s in ("=", "≈")]
    others = [f for f in facts if f[1] not in ("=", "≈")]
    if not names or (not equations and not goal):
        return None
    budget.spend(3_000)
    try:
        system = System(equations, tuple(names))
    except (Unsupported, Undefined):
        system = None
    if system is not None and len(goal) == 1:
        try:
            wanted = [system.polynomial(a, b) for a, s, b in goal[0] if s == "="]
            if len(wanted) == len(goal[0]) and all(not w or in_span(w, system.polys) for w in wanted):
                return Finding(FollowsFrom((), method="combining the equations"))
        except (Unsupported, Undefined, TooLarge):
            wanted = None
    else:
        wanted = None
    if system is not None:
        try:
            found = solutions(system)
        except (Unsupported, TooLarge):
            found = None
        if found is not None:
            return _at_solutions(found, facts, goal, known)
    refuted, agreeing = _by_values(equations, others, goal, names, values, known, budget)
    if refuted is not None:
        return refuted
    if system is not None and wanted and len(names) <= 5:
        try:
            budget.spend(20_000)
            if all(vanishes_with(w, system.polys, system.names) for w in wanted):
                return Finding(FollowsFrom((), method="eliminating"))
        except (TooLarge, Unsupported):
            pass
    if agreeing >= POINTS:
        return Finding(Samples(agreeing, Relation.CONSEQUENCE))
    return None


def _balls(solution: Solution) -> Values:
    return dict(values_of(solution))


def _at_solutions(
    found: list[Solution], facts: list[Pair], goal: list[list[Pair]], known: frozenset[Fraction]
) -> Finding | None:
    """The finitely many solutions of the equations, each tried in the goal."""
    real: list[Solution] = []
    for solution in found:
        at = _balls(solution)
        truths = [compare_sides(a, s, b, at, None) for a, s, b in facts]
        if False not in truths:
            if None in truths:
                return None
            real.append(solution)
    kept, lost = [], []
    rounded = False
    for solution in real:
        at = _balls(solution)
        truth = _goal_at(goal, at, known)
        if truth is None:
            return None
        if truth:
            kept.append(solution)
            rounded = rounded or _goal_at(goal, at, None) is False
        else:
            lost.append(solution)
    shown = " or ".join(_solution_text(s) for s in real) or "no solution"
    if not lost:
        if not real and goal:
            return None
        remarks = (Remark("rounded", "The decimal is rounded."),) if rounded else ()
        return Finding(FollowsFrom((), method="solving the system"), remarks)
    if not all(r.certain for s in lost for r in s.values()):
        return None
    relation = Relation.SOLUTIONS_LOST if kept else Relation.DIFFERENT
    remaining = " or ".join(_solution_text(s) for s in kept)
    texts = tuple(_solution_text(s) for s in lost)
    note = _broken(goal, lost[0], known)
    return Finding(SolutionsLost(texts, shown, remaining, (), relation), note)


def _broken(goal: list[list[Pair]], solution: Solution, known: frozenset[Fraction]) -> tuple[Remark, ...]:
    at = _balls(solution)
    for case in goal:
        for a, s, b in case:
            if compare_sides(a, s, b, at, known) is False:
                left, right = value_at(a, at), value_at(b, at)
                if left is not None and right is not None:
                    text = f"{_solution_text(solution)} solves the lines before; here it gives {left} {s} {right}."
                    return (Remark("witness", text),)
    return ()


def _solution_text(solution: Solution) -> str:
    return ", ".join(f"{n} = {r.text}" for n, r in sorted(solution.items()))


def _goal_at(goal: list[list[Pair]], at: Values, known: frozenset[Fraction] | None) -> bool | None:
    truths: list[bool | None] = []
    for case in goal:
        each = [compare_sides(a, s, b, at, known) for a, s, b in case]
        truths.append(False if False in each else None if None in each else True)
    return True if True in truths else None if None in truths else False


def _by_values(
    equations: list[tuple[Expr, Expr]],
    others: list[Pair],
    goal: list[list[Pair]],
    names: list[str],
    values: dict[str, Expr],
    known: frozenset[Fraction],
    budget: Budget,
) -> tuple[Finding | None, int]:
    """Numbers for as many symbols as the equations leave free; the rest is solved, and the goal tried there."""
    asked = {e.name for case in goal for a, _, b in case for e in (a, b) if isinstance(e, Symbol)}
    agreeing = 0
    witness: Finding | None = None
    after_witness = 0
    for fixed in _choices(sorted(names, key=lambda n: (n in asked, n)), len(names) - len(equations)):
        for tried, numbers in enumerate(assignments(fixed, 14)):
            budget.spend(3_000)
            if (tried >= 3 and not agreeing and witness is None) or after_witness > 8:
                break
            after_witness += witness is not None
            for at, texts in _solutions_with(equations, others, names, numbers):
                truth = _goal_at(goal, at, known)
                if truth:
                    agreeing += 1
                elif truth is False and witness is None and texts is not None:
                    witness = _counterexample(goal, at, texts, values, known)
            if agreeing >= POINTS and witness is None:
                return None, agreeing
        if agreeing or witness is not None:
            break
    if witness is not None and agreeing and isinstance(witness.evidence, Counterexample):
        lost = (", ".join(f"{n} = {v}" for n, v in sorted(witness.evidence.values.items())),)
        return Finding(SolutionsLost(lost, "", "", (), Relation.SOLUTIONS_LOST), witness.remarks), agreeing
    return witness, agreeing


def _solutions_with(
    equations: list[tuple[Expr, Expr]], others: list[Pair], names: list[str], numbers: dict[str, Fraction]
) -> Iterator[tuple[Values, dict[str, str] | None]]:
    """Common solutions with these numbers put in: values, and their texts where they are certain."""
    where = {n: number(v) for n, v in numbers.items()}
    rest = tuple(n for n in names if n not in numbers)
    pairs = [(_with(a, where), _with(b, where)) for a, b in equations]
    found: list[Solution] | None = [{}]
    if rest:
        try:
            found = solutions(System(pairs, rest))
        except (Unsupported, Undefined, TooLarge):
            return
    facts = [(a, "=", b) for a, b in equations] + others
    for solution in found or ():
        at: Values = {**_balls(solution), **numbers}
        if any(compare_sides(a, s, b, at, None) is not True for a, s, b in facts):
            continue
        certain = all(r.certain for r in solution.values())
        texts = {n: str(v) for n, v in numbers.items()} | {n: r.text for n, r in solution.items()}
        yield at, texts if certain else None


def _counterexample(
    goal: list[list[Pair]],
    at: Values,
    texts: dict[str, str],
    values: dict[str, Expr],
    known: frozenset[Fraction],
) -> Finding | None:
    shown = dict(texts)
    for name, e in values.items():
        value = value_at(e, at)
        if value is not None:
            shown[name] = value
    for case in goal:
        for a, s, b in case:
            if compare_sides(a, s, b, at, known) is False:
                left, right = value_at(a, at), value_at(b, at)
                if left is not None and right is not None:
                    listed = ", ".join(f"{n} = {v}" for n, v in sorted(shown.items()))
                    text = f"{listed} fulfils the lines before; here it gives {left} {s} {right}."
                    return Finding(Counterexample(shown, left, right), (Remark("witness", text),))
    return None


def _choices(names: list[str], count: int) -> Iterator[list[str]]:
    """Which symbols to give numbers: a few ways of choosing that many."""
    if count <= 0:
        yield []
        return
    n = len(names)
    for start in range(min(n, 4)):
        yield [names[(start + i) % n] for i in range(min(count, n))]
