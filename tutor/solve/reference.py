"""The solved answer as the reference for a student's final answer, where the problem has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from tutor.bridge.dimensions import NO_DIMENSION
from tutor.bridge.exact import to_fraction
from tutor.bridge.units import Measured, measured
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.laws.scene import scene_of
from tutor.records import Answer, CheckedStep, FinalAnswer, Part, Problem
from tutor.solve.departing import departing
from tutor.solve.solver import solve
from tutor.syntax.printer import to_text
from tutor.syntax.tree import Chain, Expr, Number, numbers
from tutor.verify.answers import judged_claims, settle_answer, value_in

# What are its first frequency and the next one; find the current and how it divides: the last value is one of several.
SEVERAL_ASKED = re.compile(
    r"\b(?:what are|find|calculate|determine|work out|what is|give|state)\b(?:(?!\bbetween\b)(?:[^.?!;]|\.(?=\d)))*"
    r"\band\s+(?:the|its|their|also|how|what|where|when|at what|"
    r"(?:then )?(?:on|in|at|for|after|with|without) (?:the|an?|\d))\b",
    re.IGNORECASE,
)
ALLOWED = Fraction(1, 50)  # how far a right answer may be off by early rounding or another value of a constant


@dataclass(frozen=True)
class _Same:
    """A problem that equals another where the solver could not tell them apart."""

    problem: Problem = field(compare=False)
    key: tuple[object, ...]


def settle_by_solving(
    checked: Sequence[CheckedStep], problem: Problem, part: Part | None
) -> tuple[list[CheckedStep], FinalAnswer | None] | None:
    """The final answer compared with the solved one; None where the problem is not solved, or the answer left open."""
    reference = solved_answer(problem, part)
    if reference is None:
        return None
    if part is None:
        posed, of_part = replace(problem, answer=reference), None
    else:
        posed, of_part = problem, replace(part, answer=reference)
    steps, found = settle_answer(checked, posed, of_part)
    if found is None or found.correct is None:
        return None
    if found.correct is False:
        if (part is None and SEVERAL_ASKED.search(problem.statement)) or not is_sure(problem, part):
            return None
        near = _near(_claimed(checked, found), reference)
        if near is None:
            return None
        if near:
            return list(checked), replace(found, correct=True)
        steps = with_first_departure(checked, steps, found, problem, part, reference)
    return steps, found


def with_first_departure(
    checked: Sequence[CheckedStep],
    steps: list[CheckedStep],
    found: FinalAnswer,
    problem: Problem,
    part: Part | None,
    reference: Answer,
) -> list[CheckedStep]:
    """The steps of a wrong answer with the blame on the line that leads to it. checked: before it was compared."""
    ends = [form.operands[-1] if isinstance(form, Chain) else form for form in reference.forms]
    targets = [end for end in ends if isinstance(end, Expr)]
    return departing(checked, steps, _claimed(checked, found), targets, scene_of(problem, part))


def solved_answer(problem: Problem, part: Part | None = None) -> Answer | None:
    """The one answer of a problem of physics without a reference; None where it has several, or is not solved."""
    if not scene_of(problem, part).physical:
        return None
    parts = tuple((p.id, p.statement) for p in problem.parts)
    key = (problem.statement, tuple(problem.givens.items()), problem.unknowns, parts)
    answers = _answers(_Same(problem, key))
    if part is not None:
        return answers.get(part.id)
    return next(iter(answers.values())) if len(answers) == 1 and not problem.parts else None


MOST_LAWS = 3  # on a way that is sure enough to call another answer wrong


def is_sure(problem: Problem, part: Part | None) -> bool:
    """Whether the solved answer may call another one wrong: by few laws, of a kind that is not given, too.

    Bulbs of 60 W each, and the power of both asked for: which power is which is seldom told by the words alone.
    """
    scene = scene_of(problem, part)
    name = part.id if part is not None else None
    solved = [s for s in solve(problem).parts if s.asked is not None and (part is None or s.asked.part == name)]
    if any(len(s.laws) > MOST_LAWS for s in solved):
        return False
    told = [g for g in scene.givens if not g.implied]
    return not any(
        len(s.laws) > 1
        and g.role == s.asked.role
        and g.when == s.asked.when
        and (g.of == s.asked.of or not (g.of and s.asked.of))
        for s in solved
        if s.asked is not None
        for g in told
    )


@lru_cache(maxsize=256)
def _answers(same: _Same) -> dict[str | None, Answer]:
    solved = solve(same.problem).parts
    found: dict[str | None, Answer] = {}
    for one in solved:
        name = one.asked.part if one.asked is not None else None
        if one.answer is None or name in found:
            return {} if not same.problem.parts else found
        found[name] = one.answer
    return found


def _claimed(checked: Sequence[CheckedStep], found: FinalAnswer) -> Expr | None:
    """The value that was taken for the final answer."""
    for step in checked:
        if step.step.line == found.line:
            for claim in reversed(judged_claims(step)):
                value = value_in(claim.statement) if not isinstance(claim.statement, Expr) else claim.statement
                if value is not None and (claim.text == found.text or to_text(value) in found.text):
                    return value
    return None


def _near(claimed: Expr | None, reference: Answer) -> bool | None:
    """Whether a value is the reference to within what rounding explains; None where they cannot be compared."""
    mine = _measured(claimed)
    if mine is None:
        return None
    theirs = [m for form in reference.forms if isinstance(form, Expr) and (m := _measured(form)) is not None]
    if not theirs or mine.dimension != theirs[0].dimension:
        return None  # another quantity, or a bare number: what stands there is not what was asked for
    value = to_fraction(mine.value)
    shown = _half_a_unit(claimed) * (abs(value) / abs(_number(claimed)) if _number(claimed) else 1)
    for other in theirs:
        target = to_fraction(other.value)
        if abs(abs(value) - abs(target)) <= max(ALLOWED * abs(target), shown):
            return True if (value < 0) == (target < 0) else None
    return False


def _measured(expr: Expr | None) -> Measured | None:
    if expr is None:
        return None
    try:
        found = measured(expr)
    except (StudentError, Undefined, Unsupported):
        return None
    return found if not found.nouns or found.dimension != NO_DIMENSION else None


def _number(expr: Expr | None) -> Fraction:
    found = numbers(expr) if expr is not None else ()
    return found[0].value if found else Fraction(0)


def _half_a_unit(expr: Expr | None) -> Fraction:
    """Half of the last figure shown."""
    first = numbers(expr)[0] if expr is not None and numbers(expr) else None
    if not isinstance(first, Number) or "e" in first.text.lower():
        return Fraction(0)
    return Fraction(1, 2 * 10 ** (first.places or 0))
