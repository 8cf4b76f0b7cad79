"""The cause of each wrong line: the error that leads to it from what stands before, and the change that mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tutor.errors import StudentError
from tutor.feedback.by_answer import cause_by_answer
from tutor.feedback.laws import cause_of
from tutor.feedback.solutions import causes_by_solution
from tutor.misconceptions.catalogue import entries
from tutor.misconceptions.comparing import Agreement
from tutor.misconceptions.explain import Cause, explain
from tutor.misconceptions.repair import Repair, repaired
from tutor.misconceptions.rules import rules
from tutor.records import (
    CheckedStep,
    Claim,
    FalseEquality,
    InvalidMethod,
    Judged,
    NotTheAnswer,
    Problem,
    Role,
    Verdict,
    WrongLaw,
)
from tutor.syntax.printer import to_text
from tutor.syntax.read import read
from tutor.syntax.tree import Chain, Expr, Integral, Statement, Symbol, kinds, symbols
from tutor.verify.tasks import Setting

SLIPS = ("sign", "number", "digits", "value")  # in working out the line right before
LINES_BACK = 4  # statements before a line that it may have been made from


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What explains a wrong line.

    causes: the errors that lead to it, likeliest first. repair: the change that mends it. before, line: what was
    compared, the latest of the statements before and the student's. seen: the student has that statement; a law or the
    worked solution may not be shown.
    """

    before: Statement
    line: Statement
    causes: tuple[Cause, ...] = ()
    repair: Repair | None = None
    seen: bool = True


def diagnosed(steps: Sequence[CheckedStep], n: int, problem: Problem) -> Diagnosis | None:
    """Why the n-th step is wrong; None where neither an error of the catalogue nor a single change explains it."""
    about = About(problem.statement, problem.angle_unit, problem.log_base, problem.field_ != "complex")
    best: Diagnosis | None = None
    nearest: tuple[Statement, Statement] | None = None
    if isinstance(evidence := steps[n].evidence, InvalidMethod):
        return of_a_method(steps, n, evidence.method)
    if (found := by_the_evidence(steps[n], about)) is not None:
        return found
    if (known := cause_by_answer(steps, n, problem)) is not None:
        return Diagnosis(known[1], known[1], (Cause(known[0], known[1], False, named=True),), seen=False)
    for before, line in comparisons(steps, n, problem):
        causes, repair = of_one_slip(before, line, about)
        if is_further_back(before, line, steps, n):
            # What leads from there must show in the line: its solutions alone say too little.
            causes = tuple(
                c for c in causes if c.agreement is not Agreement.VALUE or c.entry.physical or rules()[c.id].keeps_value
            )
        if isinstance(steps[n].evidence, WrongLaw):
            causes = tuple(c for c in causes if c.id in OF_REARRANGING) if rearranged(before[-1], line) else ()
        if causes:
            return Diagnosis(told_of(before), line, causes, repair)
        if repair is not None and best is None:
            best = Diagnosis(before[-1], line, (), repair)
            if repair.kind in SLIPS and symbols(before[-1]):
                break  # a slip in working out the line before: no need to look further back
        if nearest is None and len(before) == 1:
            nearest = before[0], line
    if (found := by_the_solution(steps[n], problem, best)) is not None:
        return found
    if best is not None or nearest is None:
        return best
    causes = of_two_slips(*nearest, about)
    return Diagnosis(*nearest, causes) if causes else None


def told_of(before: Sequence[Statement]) -> Statement:
    """Of several statements the last that is more than a range, 0° ≤ x ≤ 360°."""
    equations = [s for s in before if not isinstance(s, Chain) or "=" in s.relations]
    return (equations or before)[-1]


def of_a_method(steps: Sequence[CheckedStep], n: int, method: str) -> Diagnosis | None:
    """The error of the catalogue that gives what is right by chance."""
    if method not in entries() or not steps[n].judged:
        return None
    line = steps[n].judged[-1].claim.statement
    before = next((s for s in statements_before(steps, n, 0) if same_kind(s, line)), None)
    return Diagnosis(before or line, line, (Cause(method, line, False),), seen=before is not None)


def is_further_back(before: Sequence[Statement], line: Statement, steps: Sequence[CheckedStep], n: int) -> bool:
    """Whether an equation is compared with a line though a later one of its kind stands between them."""
    latest = next((s for s in statements_before(steps, n, 0) if isinstance(s, Chain) and same_kind(s, line)), None)
    return latest is not None and len(before) == 1 and isinstance(before[0], Chain) and before[0] != latest


# What goes wrong where a law is solved for another letter.
OF_REARRANGING = frozenset(
    "sign_kept_when_moved unknown_term_sign_kept unknown_in_denominator_multiplied "
    "cross_product_across reciprocals_added_as_reciprocal coefficient_subtracted".split()
)


def rearranged(law: Statement, stated: Statement) -> bool:
    """Whether a law stands solved for another letter than it is known by, so that algebra may have gone wrong."""
    if not isinstance(law, Chain) or not isinstance(stated, Chain):
        return True
    return not set(law.operands) & set(stated.operands)


def wrong_claim(step: CheckedStep) -> Judged | None:
    """The first claim of a step that is wrong; its last, where the step is wrong as the answer or the departure."""
    found = next((j for j in step.judged if j.evidence.verdict is Verdict.WRONG), None)
    if found is None and step.judged and step.evidence.verdict is Verdict.WRONG:
        return step.judged[-1]
    return found


def by_the_evidence(step: CheckedStep, about: About) -> Diagnosis | None:
    """Where what the verifier found is an error of the catalogue: a law with a known slip, a unit not converted."""
    judged = wrong_claim(step)
    name = cause_of(judged.evidence) if judged is not None else None
    if judged is None or name is None:
        return None
    line = judged.claim.statement
    law = next(of_a_law(judged.evidence), None) if isinstance(judged.evidence, WrongLaw) else None
    if law is None:
        return Diagnosis(line, line, (Cause(name, line, False),), seen=False)
    before, line = law
    repair = of_one_slip(before, line, about)[1]
    return Diagnosis(before[-1], line, (Cause(name, line, False),), repair, seen=False)


def by_the_solution(step: CheckedStep, problem: Problem, best: Diagnosis | None) -> Diagnosis | None:
    """An error of physics in what the worked solution has in the place of the line."""
    judged = wrong_claim(step)
    if judged is None or isinstance(judged.evidence, FalseEquality):
        return None  # the formula may be right: it is the working out that is not
    found = causes_by_solution(judged, problem, step.step.part)
    if found is None:
        return None
    cause, worked, line = found
    before = Chain((Symbol(worked.subject), worked.side), ("=",))
    return Diagnosis(before, line, (cause,), best.repair if best is not None else None, seen=False)


class About(NamedTuple):
    """What of a problem tells causes apart: its words, and what its symbols mean."""

    statement: str
    angle_unit: str
    log_base: str
    real: bool

    def setting(self) -> Setting:
        """The meaning of symbols that the problem sets."""
        return Setting(angle_unit=self.angle_unit, log_base=self.log_base, real=self.real)


# A class makes the same mistakes again and again.
@lru_cache(maxsize=4096)
def of_one_slip(
    before: tuple[Statement, ...], line: Statement, about: About
) -> tuple[tuple[Cause, ...], Repair | None]:
    """The errors, and the change, that lead from the statements before to the line."""
    try:
        causes = explain(before, line, about.setting(), about.statement)
        return causes, repaired(before[-1], line, about.setting()) if len(before) == 1 else None
    except (StudentError, RecursionError):
        return (), None


@lru_cache(maxsize=4096)
def of_two_slips(before: Statement, line: Statement, about: About) -> tuple[Cause, ...]:
    """Two errors at once, for a line that no single one explains."""
    from tutor.misconceptions.two_slips import explain_two

    try:
        return explain_two(before, line, about.setting(), about.statement)
    except (StudentError, RecursionError):
        return ()


def comparisons(
    steps: Sequence[CheckedStep], n: int, problem: Problem
) -> Iterator[tuple[tuple[Statement, ...], Statement]]:
    """What the wrong line of a step may have been made from, nearest first, with the line."""
    step = steps[n]
    number, judged = next(((k, j) for k, j in enumerate(step.judged) if j.evidence.verdict is Verdict.WRONG), (0, None))
    if judged is None:
        if isinstance(step.evidence, NotTheAnswer) and step.judged:  # it holds, and says more than the problem allows
            last = step.judged[-1].claim.statement
            yield from (((equation,), last) for equation in problem.equations if same_kind(equation, last))
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
    if left == "the integrand" and isinstance(statement, Chain):
        found = (pair for pair in pairwise(statement.operands) if Integral in kinds(pair[0]))
        return next((pair for pair in found if Integral not in kinds(pair[1])), None)
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
