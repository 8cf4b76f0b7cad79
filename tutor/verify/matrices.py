"""Matrices: sums, products, powers, inverses, transposes and determinants, entry by entry; row operations."""

from __future__ import annotations

from dataclasses import replace

from tutor.errors import Undefined
from tutor.records import (
    Counterexample,
    EqualValues,
    Evidence,
    FalseEquality,
    Identity,
    Relation,
    Remark,
    SolutionSets,
    Undecided,
    Verdict,
)
from tutor.syntax.tree import Chain, Expr, Matrix, Node, Symbol, symbols, walk, without_brackets
from tutor.verify.kinds import kinds_of
from tutor.verify.meaning import resolve
from tutor.verify.tasks import Budget, Compare, Finding, Relate, Setting, Task
from tutor.verify.tensors import (
    Array,
    Evaluator,
    Identities,
    Value,
    WrongShape,
    exact,
    identity,
    numbers,
    reduced,
)
from tutor.verify.trees import ZERO, literal, text_of

NAME = "matrices"
MATRIX: frozenset[type[Node]] = frozenset({Matrix})


def accepts(task: Task) -> bool:
    """A matrix stands in it, or a symbol that is known to be one."""
    if not isinstance(task, Compare | Relate):
        return False
    kinds = kinds_of(task)
    if kinds.any(MATRIX):
        return True
    return any(_holds_matrix(v) for n, v in task.setting.values.items() if n in kinds.symbols)


def _holds_matrix(e: Expr) -> bool:
    return any(isinstance(n, Matrix) for n in walk(e))


def judge(task: Task, budget: Budget) -> Finding | None:
    """Work out both sides and compare them."""
    match task:
        case Compare():
            return compare_arrays(task, budget)
        case Relate(before, after, setting):
            return _relate(before, after, setting, budget)
    return None


def compare_arrays(task: Compare, budget: Budget, *, unit_vectors: bool = False) -> Finding | None:
    """Both sides as arrays or numbers, compared entry by entry; also for vectors."""
    if task.sign not in ("=", "≈", "≠", "!="):
        return None
    setting = task.setting
    evaluator = Evaluator(setting.values, budget, unit_vectors=unit_vectors, identity=True)
    sides: list[Value] = []
    for side in (task.left, task.right):
        try:
            sides.append(evaluator.value(resolve(side, setting)))
        except WrongShape as error:
            return Finding(
                FalseEquality(text_of(side), text_of(task.right), f"not defined: {error}", text_of(task.right))
            )
        except Undefined as error:
            if "determinant 0" not in str(error):
                raise
            return Finding(
                FalseEquality(text_of(side), text_of(task.right), f"not defined: {error}", text_of(task.right))
            )
    left, right = sides
    if isinstance(left, Identities) and isinstance(right, Array):
        left = identity(right.shape[0], left.factor)
    if isinstance(right, Identities) and isinstance(left, Array):
        right = identity(left.shape[0], right.factor)
    # 0 may be the zero matrix.
    if isinstance(left, Array) and isinstance(right, Expr) and literal(right) == 0:
        right = zeros_like(left)
    if isinstance(right, Array) and isinstance(left, Expr) and literal(left) == 0:
        left = zeros_like(right)
    if isinstance(left, Array) and isinstance(right, Array):
        if evaluator.letters_scaled and left.shape != right.shape:
            return None
        return _entries(task, left, right, budget, unit_vectors=unit_vectors)
    if isinstance(left, Expr) and isinstance(right, Expr):
        return _scalars(task, left, right, budget)
    return None if evaluator.letters_scaled else _array_and_number(task, left, right)


def zeros_like(a: Array) -> Array:
    """The zero array of the same shape."""
    return Array(tuple((ZERO,) * a.shape[1] for _ in a.rows), a.vector)


def _decide(task: Task, budget: Budget) -> Finding:
    from tutor.verify.domains import decide

    return decide(task, budget)


def _scalars(task: Compare, left: Expr, right: Expr, budget: Budget) -> Finding | None:
    """A determinant, a trace, a dot product or a length against a number."""
    again = Compare(left, right, task.sign, replace(task.setting, values=_without_arrays(task.setting)))
    if any(isinstance(n, Matrix) for side in (left, right) for n in walk(side)):
        return None
    found = _decide(again, budget)
    evidence = found.evidence
    if isinstance(evidence, FalseEquality | Counterexample):
        if isinstance(evidence, Counterexample) and not symbols(task.left) | symbols(task.right) >= set(
            evidence.values
        ):
            return None
        named = replace(evidence, left_text=text_of(task.left), right_text=text_of(task.right))
        return Finding(named, found.remarks)
    return found if evidence.verdict is Verdict.CORRECT else None


def _without_arrays(setting: Setting) -> dict[str, Expr]:
    from tutor.syntax.tree import Tuple

    return {n: v for n, v in setting.values.items() if not any(isinstance(k, Matrix | Tuple) for k in walk(v))}


def _array_and_number(task: Compare, left: Value, right: Value) -> Finding | None:
    """A matrix is not a number, but a name may stand for a matrix."""
    array, other = (left, right) if isinstance(left, Array) else (right, left)
    other_side = task.right if isinstance(left, Array) else task.left
    if not isinstance(array, Array) or not isinstance(other, Expr):
        return None
    if array.shape == (1, 1):
        return None
    if exact(other) is None:
        return None
    kind = "vector" if array.vector else "matrix"
    said = f"a {array.shown()} {kind}"
    values = (said, "a number") if other_side is task.right else ("a number", said)
    return Finding(FalseEquality(text_of(task.left), text_of(task.right), values[0], values[1]))


def _entries(task: Compare, left: Array, right: Array, budget: Budget, *, unit_vectors: bool) -> Finding | None:
    if left.vector and right.vector and unit_vectors:
        from tutor.verify.tensors import _same_length

        left, right = _same_length(left, right)
    if left.shape != right.shape:
        loose = left.vector or right.vector or 1 in left.shape
        if loose and 1 in left.shape and 1 in right.shape and len(left.entries) == len(right.entries):
            right = Array(tuple((x,) for x in right.entries), vector=True)
            left = Array(tuple((x,) for x in left.entries), vector=True)
        else:
            return Finding(
                FalseEquality(text_of(task.left), text_of(task.right), f"{left.shown()}", f"{right.shown()}")
            )
    remarks: list[Remark] = []
    all_exact = True
    open_: list[str] = []
    exceptions: list[str] = []
    setting = replace(task.setting, values=_without_arrays(task.setting))
    for i, (row, other) in enumerate(zip(left.rows, right.rows, strict=True)):
        for j, (x, y) in enumerate(zip(row, other, strict=True)):
            if x == y:
                continue
            found = _decide(Compare(x, y, "=" if task.sign == "=" else "≈", setting), budget)
            evidence = found.evidence
            if evidence.verdict is Verdict.WRONG:
                return _entry_differs(task, evidence, i, j, left, x, y)
            if evidence.verdict is not Verdict.CORRECT:
                open_.append(_place(i, j, left))
            remarks.extend(found.remarks)
            all_exact &= getattr(evidence, "exact", True)
            exceptions.extend(getattr(evidence, "except_where", ()))
    if open_:
        return Finding(Undecided((f"entries compared; open: {', '.join(open_[:4])}",)))
    unique = tuple(dict.fromkeys(remarks))
    if any(symbols(x) for x in (*left.entries, *right.entries)):
        return Finding(Identity("entry by entry", tuple(dict.fromkeys(exceptions))), unique)
    return Finding(EqualValues(_shown(right), all_exact), unique)


def _shown(a: Array) -> str:
    if a.vector:
        return "(" + ", ".join(text_of(x) for x in a.entries) + ")"
    return "[" + ", ".join("[" + ", ".join(text_of(x) for x in row) + "]" for row in a.rows) + "]"


def _place(i: int, j: int, a: Array) -> str:
    if a.vector:
        return f"component {i + 1}"
    return f"row {i + 1}, column {j + 1}"


def _entry_differs(task: Compare, evidence: Evidence, i: int, j: int, a: Array, x: Expr, y: Expr) -> Finding | None:
    place = _place(i, j, a)
    texts = f"{place} of {text_of(task.left)}", f"{place} of {text_of(task.right)}"
    known = symbols(task.left) | symbols(task.right)
    match evidence:
        case FalseEquality():
            return Finding(replace(evidence, left_text=texts[0], right_text=texts[1]))
        case Counterexample():
            if _solvable(task, x, y):
                # [x, 2] = [3, 2] says what x is.
                return None
            if set(evidence.values) <= known:
                return Finding(replace(evidence, left_text=texts[0], right_text=texts[1]))
    return None


def _solvable(task: Compare, x: Expr, y: Expr) -> bool:
    """Whether the line is an equation for letters in the entries rather than a calculation."""
    sides = [without_brackets(s) for s in (task.left, task.right)]
    if all(isinstance(s, Matrix | Symbol) or type(s).__name__ == "Tuple" for s in sides):
        return True
    return symbols(x) != symbols(y)


# ---------------------------------------------------------------- row operations


def _relate(before: object, after: object, setting: Setting, budget: Budget) -> Finding | None:
    """[A|b] → [A'|b'] keeps the solutions if both have the same reduced row echelon form."""
    if not (isinstance(before, Expr) and isinstance(after, Expr)):
        if isinstance(before, Chain) and isinstance(after, Chain):
            return None
        return None
    evaluator = Evaluator(setting.values, budget, identity=True)
    try:
        a, b = evaluator.value(before), evaluator.value(after)
    except WrongShape as error:
        return Finding(FalseEquality(text_of(before), text_of(after), f"not defined: {error}", text_of(after)))
    if not (isinstance(a, Array) and isinstance(b, Array)):
        return None
    return row_equivalent(a, b, budget)


def row_equivalent(a: Array, b: Array, budget: Budget) -> Finding:
    """Whether row operations lead from one to the other: equal reduced row echelon forms."""
    if a.shape[1] != b.shape[1]:
        return Finding(FalseEquality("the line before", "this one", f"{a.shown()}", f"{b.shown()}"))
    budget.spend(200 * len(a.entries))
    x, y = ([r for r in reduced(numbers(m)) if any(r)] for m in (a, b))
    texts = ["[" + ", ".join("[" + ", ".join(str(v) for v in row) + "]" for row in rows) + "]" for rows in (x, y)]
    if x == y:
        return Finding(SolutionSets(Relation.EQUIVALENT, texts[0], texts[1]))
    words = "the line before, fully reduced,", "this one, fully reduced,"
    return Finding(FalseEquality(words[0], words[1], texts[0], texts[1]))
