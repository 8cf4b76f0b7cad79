"""The cause of each wrong line: the error that leads to it from what stands before, and the change that mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tutor.errors import StudentError
from tutor.misconceptions.explain import Cause, explain
from tutor.misconceptions.repair import Repair, repaired
from tutor.records import CheckedStep, Claim, Judged, Problem, Role, Verdict, WrongLaw
from tutor.syntax.printer import to_text
from tutor.syntax.read import read
from tutor.syntax.tree import Chain, Expr, Statement, symbols
from tutor.verify.tasks import Setting

LINES_BACK = 4  # statements before a line that it may have been made from


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What explains a wrong line.

    causes: the errors that lead to it, likeliest first. repair: the change that mends it. before, line: what was
    compared, the latest of the statements before and the student's.
    """

    before: Statement
    line: Statement
    causes: tuple[Cause, ...] = ()
    repair: Repair | None = None


def diagnosed(steps: Sequence[CheckedStep], n: int, problem: Problem) -> Diagnosis | None:
    """Why the n-th step is wrong; None where neither an error of the catalogue nor a single change explains it."""
    setting = setting_of(problem)
    best: Diagnosis | None = None
    for before, line in comparisons(steps, n, problem):
        try:
            causes = explain(before, line, setting, problem.statement)
            repair = repaired(before[-1], line, setting) if len(before) == 1 else None
        except (StudentError, RecursionError):
            continue
        if causes:
            return Diagnosis(before[-1], line, causes, repair)
        if repair is not None and best is None:
            best = Diagnosis(before[-1], line, (), repair)
    return best or by_two_slips(steps, n, problem, setting)


def by_two_slips(steps: Sequence[CheckedStep], n: int, problem: Problem, setting: Setting) -> Diagnosis | None:
    """Two errors at once, for a line that no single one explains."""
    from tutor.misconceptions.two_slips import explain_two

    nearest = next((found for found in comparisons(steps, n, problem) if len(found[0]) == 1), None)
    if nearest is None:
        return None
    (before,), line = nearest
    try:
        causes = explain_two(before, line, setting, problem.statement)
    except (StudentError, RecursionError):
        return None
    return Diagnosis(before, line, causes) if causes else None


def setting_of(problem: Problem) -> Setting:
    """The meaning of symbols that the problem sets."""
    return Setting(angle_unit=problem.angle_unit, log_base=problem.log_base, real=problem.field_ != "complex")


def comparisons(
    steps: Sequence[CheckedStep], n: int, problem: Problem
) -> Iterator[tuple[tuple[Statement, ...], Statement]]:
    """What the wrong line of a step may have been made from, nearest first, with the line."""
    step = steps[n]
    number, judged = next(((k, j) for k, j in enumerate(step.judged) if j.evidence.verdict is Verdict.WRONG), (0, None))
    if judged is None:
        return
    if isinstance(judged.evidence, WrongLaw):
        yield from of_a_law(judged.evidence)
    line = judged.claim.statement
    if (pair := false_pair(judged)) is not None:
        yield (pair[0],), pair[1]
    earlier = list(statements_before(steps, n, number))[:LINES_BACK]
    for statement in earlier:
        if same_kind(statement, line):
            yield (statement,), line
    given = [e for e in problem.equations if same_kind(e, line)]
    for equation in given:
        yield (equation,), line
    together = tuple(given) if len(given) > 1 else tuple(reversed(earlier))
    if len(together) > 1 and not isinstance(line, Expr):
        yield together, line


def same_kind(one: Statement, other: Statement) -> bool:
    """Both are expressions, or both are claims that have a letter in common."""
    if isinstance(one, Expr) or isinstance(other, Expr):
        return isinstance(one, Expr) and isinstance(other, Expr)
    return not symbols(other) or bool(symbols(one) & symbols(other))


def statements_before(steps: Sequence[CheckedStep], n: int, number: int) -> Iterator[Statement]:
    """The statements before the claim of that number in the n-th step, nearest first."""
    claims: list[Claim] = [c for step in steps[:n] for c in step.step.claims]
    claims += [j.claim for j in steps[n].judged[:number]]
    for claim in reversed(claims):
        if claim.role in (Role.RETRACTED, Role.CHECK):
            continue
        statement = claim.statement
        if isinstance(statement, Chain) and len(statement.operands) > 2 and set(statement.relations) == {"="}:
            yield Chain((statement.operands[0], statement.operands[-1]), ("=",))
        else:
            yield statement


def false_pair(judged: Judged) -> tuple[Expr, Expr] | None:
    """The two neighbours in a running calculation that differ."""
    statement = judged.claim.statement
    if isinstance(statement, Chain) and len(statement.operands) == 2 and not symbols(statement):
        return statement.operands
    left, right = getattr(judged.evidence, "left_text", ""), getattr(judged.evidence, "right_text", "")
    if not left:
        return None
    for one, other in pairwise(statement.operands) if isinstance(statement, Chain) else ():
        if to_text(one) == left and to_text(other) == right:
            return one, other
    try:
        as_found = read(left), read(right)  # d/dx(x^2) for the f'(x) that was written
    except StudentError:
        return None
    before, line = as_found
    return (before, line) if isinstance(before, Expr) and isinstance(line, Expr) else None


def of_a_law(evidence: WrongLaw) -> Iterator[tuple[tuple[Statement, ...], Statement]]:
    """The law as it is, and as it was stated."""
    try:
        law, stated = read(evidence.law_text), read(evidence.stated)
    except StudentError:
        return
    if isinstance(law, Chain) and isinstance(stated, Chain):
        yield (law,), stated
