"""What nothing else decided, asked of SymPy in the killable child: it may confirm, it never refutes."""

from __future__ import annotations

from tutor.bridge.sympy_build import INVERSE, OTHER, TRIGONOMETRIC
from tutor.records import Identity, Relation, SolutionSets, Undecided
from tutor.syntax.tree import (
    Absolute,
    Call,
    Chain,
    Choose,
    Derivative,
    Differential,
    Dots,
    Evaluated,
    Expr,
    Factorial,
    Integral,
    Interval,
    Limit,
    Listing,
    Matrix,
    Node,
    NumberSet,
    PlusMinus,
    Power,
    Quantity,
    Root,
    Series,
    SetBuilder,
    SetOf,
    SetOperation,
    Tuple,
    Words,
    symbols,
)
from tutor.verify import budget as child
from tutor.verify.budget import NoAnswer
from tutor.verify.kinds import kinds_of
from tutor.verify.meaning import resolve
from tutor.verify.tasks import Budget, Compare, Finding, Relate, Task
from tutor.verify.trees import difference

NAME = "sympy"
FOREIGN: frozenset[type[Node]] = frozenset(
    {Matrix, Tuple, Listing, SetOf, SetBuilder, Interval, NumberSet, SetOperation, PlusMinus, Quantity, Dots, Words}
    | {Derivative, Differential, Evaluated, Integral, Limit, Series}
)
# Polynomials and rational functions are decided before: what is left to SymPy has a function or a root in it.
WORTH: frozenset[type[Node]] = frozenset({Absolute, Call, Choose, Factorial, Power, Root})
KNOWN = TRIGONOMETRIC | INVERSE | OTHER | {"ln", "log", "gcd", "lcm"}


def accepts(task: Task) -> bool:
    """A small equality with functions in it."""
    match task:
        case Compare(sign="="):
            return bool(kinds_of(task).symbols) and _worth(task) and child.small_enough(task.left, task.right)
        case Relate(Chain((_, _), ("=",)) as before, Chain((_, _), ("=",)) as after):
            return _worth(task) and child.small_enough(before, after)
    return False


def _worth(task: Task) -> bool:
    """Whether there is a function or a root in it, and only such as SymPy knows."""
    kinds = kinds_of(task)
    known = not kinds.primed and all(name in KNOWN or name in task.setting.functions for name in kinds.calls)
    return known and kinds.any(WORTH) and not kinds.any(FOREIGN)


def judge(task: Task, budget: Budget) -> Finding | None:
    """Identity by a named transformation, or equal solution sets."""
    match task:
        case Compare(left, right, _, setting):
            rest = difference(resolve(left, setting), resolve(right, setting))
            try:
                method = child.ask(budget, "zero_by", rest, child.options(setting))
            except NoAnswer as reason:
                return Finding(Undecided(("sympy",), timeout=True)) if reason.timeout else None
            return Finding(Identity(f"SymPy: {method}")) if method else None
        case Relate(Chain() as before, Chain() as after, setting):
            names = symbols(before) | symbols(after)
            if len(names) != 1 or not setting.real:
                return None
            sides: list[Expr] = []
            for chain in (before, after):
                left, right = (resolve(s, setting) for s in chain.operands)
                sides.append(difference(left, right))
            try:
                same, first, second = child.ask(
                    budget, "same_real_solutions", *sides, next(iter(names)), child.options(setting)
                )
            except NoAnswer as reason:
                return Finding(Undecided(("sympy",), timeout=True)) if reason.timeout else None
            return Finding(SolutionSets(Relation.EQUIVALENT, first, second)) if same else None
    return None
