"""Checked steps to a mark where the problem has no mark scheme: marks go by errors.

DESIGN's rules: `marks` split into method marks and one answer mark. One independent error costs one mark, lines that
follow through cost nothing, an unsupported correct answer earns full marks unless the problem requires work to be
shown. What could not be read or decided never costs a mark; unless the final answer is verified, its marks are pending.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.records import (
    CheckedStep,
    DimensionMismatch,
    Evidence,
    FinalAnswer,
    InvalidMethod,
    Mark,
    NothingClaimed,
    NotTheAnswer,
    Relation,
    Role,
    SolutionsLost,
    Verdict,
    WrongLaw,
    WrongQuantity,
)
from tutor.syntax.tree import (
    Bracket,
    Chain,
    Degrees,
    Expr,
    Negative,
    Number,
    Percent,
    Power,
    Product,
    Quantity,
    Quotient,
    Statement,
    Symbol,
    numbers,
    walk,
    without_brackets,
)
from tutor.verify.notebook import solved_for

SUPPORT = (Verdict.CORRECT, Verdict.FOLLOW_THROUGH)


def mark(
    checked: Sequence[CheckedStep],
    *,
    available: Fraction | int,
    answer: FinalAnswer | None = None,
    show_work: str = "optional",
    strict_remarks: frozenset[str] = frozenset(),
) -> Mark:
    """The mark for one problem, or one part of it.

    >>> mark([], available=3).earned
    Fraction(0, 1)
    """
    available = Fraction(available)
    lost: list[tuple[int | None, Fraction, str]] = []
    errors = [s for s in checked if s.verdict is Verdict.WRONG]
    open_lines = [s for s in checked if s.verdict in (Verdict.UNDECIDED, Verdict.UNREADABLE)]
    supporting = [s for s in checked if s.verdict in SUPPORT and not only_answers(s)]
    answer_mark = min(Fraction(1), available)
    method = available - answer_mark
    right = answer is not None and answer.correct is True

    repeated: set[object] = set()
    for n, step in enumerate(errors):
        same = same_error(step.evidence)
        if (same is None or same not in repeated) and not any(numbers_put_in(e, step) for e in errors[:n]):
            lost.append((step.step.line, Fraction(1), "a wrong line"))
        repeated.add(same)
    lost.extend(strict_losses(checked, strict_remarks))
    if right:
        if show_work == "required" and not supporting and method:
            lost.append((None, method, "no working is shown"))
        return settled(available, Fraction(0), lost)

    if not checked or all(s.verdict is Verdict.NO_CLAIM for s in checked):
        return Mark(Fraction(0), Fraction(0), available, ((None, available, "nothing was claimed"),))
    pending = Fraction(0)
    if answer is not None and answer.correct is False:
        carried = any(s.step.line == answer.line and s.verdict is Verdict.FOLLOW_THROUGH for s in checked)
        if not errors and not carried:  # carried on from a mistake in another part, which has cost its mark there
            lost.append((answer.line, answer_mark, "the final answer is not the problem's"))
        bare = not supporting and not carried and all(map(bare_answer, errors)) and not any(map(sets_up, checked))
        if bare and not open_lines:
            return Mark(Fraction(0), Fraction(0), available, (*lost, (None, method, "no line supports it")))
        if bare:
            pending = method
        return settled(available, pending, lost)
    # No final answer, or one that could not be decided.
    if open_lines or answer is not None:
        pending = answer_mark if supporting else available
        return settled(available, pending, lost)
    lost.append((None, answer_mark, "there is no final answer"))
    if not supporting:
        return Mark(Fraction(0), Fraction(0), available, tuple(lost))
    short = max(Fraction(0), method - len(supporting))
    if short:
        lost.append((None, short, "the work stops early"))
    return settled(available, Fraction(0), lost)


def strict_losses(
    checked: Sequence[CheckedStep], strict_remarks: frozenset[str]
) -> Iterator[tuple[int | None, Fraction, str]]:
    """What remarks that count as errors cost; a unit left out on three lines is one error."""
    charged: set[str] = set()
    for step in checked:
        for remark in step.remarks:
            if remark.kind in strict_remarks and remark.kind not in charged:
                charged.add(remark.kind)
                yield step.step.line, Fraction(1), remark.text


def same_error(evidence: Evidence) -> object:
    """What wrong lines share of which the later one repeats the mistake of the earlier; None where that is not told."""
    match evidence:
        case WrongLaw(law=law):
            return law
        case WrongQuantity(used=used, needed=needed):
            return used, needed
        case InvalidMethod(method=method, rule=rule):
            return method, rule
    return None


def numbers_put_in(earlier: CheckedStep, step: CheckedStep) -> bool:
    """`v = 2 · 9.81 m/s² · 31 m = 608 m/s` after `v = 2gh`: the same mistake of dimension, with the numbers in it."""
    if not isinstance(earlier.evidence, WrongLaw) or earlier.evidence.because != "dimension":
        return False
    if not isinstance(step.evidence, DimensionMismatch) or step.evidence.where != "sides":
        return False
    heads = [
        {c.statement.operands[0] for c in s.step.claims if isinstance(c.statement, Chain)} for s in (earlier, step)
    ]
    return bool(heads[0] & heads[1])


def settled(available: Fraction, pending: Fraction, lost: Sequence[tuple[int | None, Fraction, str]]) -> Mark:
    """What is left of the marks after the deductions, never below zero."""
    earned = max(Fraction(0), available - pending - sum((amount for _, amount, _ in lost), Fraction(0)))
    return Mark(earned, pending, available, tuple(lost))


def bare_answer(step: CheckedStep) -> bool:
    """A value and nothing else, with no working to give marks for; part of the solutions is more than that.

    `v = sqrt(2*9.81*13) = 16.0 m/s` shows its working on the line.
    """
    if isinstance(step.evidence, SolutionsLost) and step.evidence.relation is Relation.SOLUTIONS_LOST:
        return False
    if isinstance(step.evidence, NotTheAnswer) and step.evidence.partial:
        return False
    return not any(shows_working(c.statement) for c in step.step.claims) and all(
        solved_for(c.statement) is not None or isinstance(c.statement, Number | Quantity) for c in step.step.claims
    )


def sets_up(step: CheckedStep) -> bool:
    """An equation that nothing can be said of by itself, such as `25 = 4t`, which the work goes on to solve."""
    if not isinstance(step.evidence, NothingClaimed) or not step.evidence.why.startswith(SETS_UP):
        return False
    return any(
        isinstance(c.statement, Chain) and solved_for(c.statement) is None and len(numbers(c.statement)) > 1
        for c in step.step.claims
    )


SETS_UP = ("introduces", "a new equation")


def shows_working(statement: Statement) -> bool:
    """A chain that comes to its value by way of a calculation: `V = 15/2 = 7.5 V`, but not `x = 1/2 = 0.5`."""
    if not isinstance(statement, Chain):
        return False
    *between, last = statement.operands[1:]
    unit = any(isinstance(node, Quantity) for node in walk(last))
    return any(not is_value(o, fraction=not unit) and not isinstance(without_brackets(o), Symbol) for o in between)


def is_value(expr: Expr, *, fraction: bool) -> bool:
    """A number or quantity as a result is written: -2.0 cm, 3.0 × 10^8 m/s, 15 %, and 1/2 where fractions are."""
    inner = expr
    while isinstance(inner, Bracket | Negative | Degrees | Percent | Quantity):
        match inner:
            case Bracket(below) | Negative(below) | Degrees(below) | Percent(below) | Quantity(below, _):
                inner = below
    match inner:
        case Number():
            return True
        case Quotient(Number(), Number()):
            return fraction
        case Product((Number(), Power(Number(value=base), _) | Quantity(Power(Number(value=base), _), _))):
            return base == 10
    return False


def only_answers(step: CheckedStep) -> bool:
    """The line does nothing but state the final answer."""
    return bool(step.step.claims) and all(c.role is Role.ANSWER for c in step.step.claims)
