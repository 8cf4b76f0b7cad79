"""Follow-through between the parts of a problem: a later part that carries on from an earlier part's mistake.

The witness is a calculation. With the earlier part's right answer in place of the student's own, the lines of the later
part come to its right answer; or the problem's solution, with the student's own value put in, comes to what they got.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import isfinite

from tutor.errors import OutOfBudget, StudentError, TooLarge, Undefined, Unsupported
from tutor.reading import split_steps
from tutor.records import (
    CheckedStep,
    Claim,
    FinalAnswer,
    FollowsFrom,
    FollowThrough,
    NothingClaimed,
    NotTheAnswer,
    Part,
    Problem,
    Role,
    Undecided,
    Verdict,
)
from tutor.syntax.tree import (
    Chain,
    Expr,
    Node,
    Number,
    Quantity,
    kinds,
    numbers,
    rebuild,
    symbols,
    walk,
)
from tutor.verify.answers import judged_claims, setting_of, value_in
from tutor.verify.figures import numeral
from tutor.verify.tasks import Setting

Answers = tuple[tuple[Part | None, FinalAnswer | None], ...]
Entries = Sequence[tuple[int, Claim]]  # claims with their lines
Scales = dict[Fraction, tuple[float, int]]  # a number in the work: what it is to be multiplied by, and its line

MOST_PLACES = 6  # numbers to change that stand in more places of a line are changed all together
NEAR = 0.005  # two writings of one value
ROUNDING = 0.01  # what rounding on the way may cost


def carry_over(
    judged: Sequence[CheckedStep], checked: Sequence[CheckedStep], answers: Answers, problem: Problem
) -> tuple[list[CheckedStep], Answers]:
    """Lines of later parts that follow through from a mistake in an earlier one.

    judged: the steps before final answers were compared. checked: after.
    """
    steps, found = list(checked), list(answers)
    if len(answers) < 2 or not any(s.step.part for s in steps):
        return steps, answers
    setting = setting_of(problem)
    to_right: Scales = {}  # what makes the student's numbers right
    to_own: Scales = {}  # what makes the solution's numbers the student's
    for n, (part, answer) in enumerate(answers):
        if part is None or answer is None or answer.correct is not False or (right := reference(part)) is None:
            continue
        mine = [k for k, s in enumerate(steps) if s.step.part == part.id]
        wrong = [k for k in mine if steps[k].verdict is Verdict.WRONG]
        work = claims_of((steps[k].step.line, judged_claims(steps[k])) for k in mine)
        lines = split_steps("\n".join(part.solution), problem) if wrong and part.solution else []
        solution = claims_of((-1, s.claims) for s in lines)
        if to_right and wrong and all(isinstance(steps[k].evidence, NotTheAnswer) for k in wrong):
            touched = carries_on(work, solution, right, to_right, to_own, setting)
            if touched:
                for k in mine:
                    line = steps[k].step.line
                    if line in touched:
                        steps[k] = follows(judged[k], touched[line])
                    elif k in wrong:
                        steps[k] = judged[k]
                found[n] = (part, replace(answer, line=max(touched)))
                wrong = []
        if wrong and (got := last_value(work)):
            first = steps[wrong[0]].step.line
            note_numbers(to_right, work, got, right / got, first)
            if right:
                note_numbers(to_own, solution, right, got / right, first)
                for value in numbers_of_reference(part):
                    to_own.setdefault(value, (got / right, first))
                for form in part.answer.forms if part.answer is not None else ():
                    if written := numbers(form):
                        to_own.setdefault(written[0].value, (got / right, first))
    return steps, tuple(found)


def claims_of(lines: Iterable[tuple[int, Iterable[Claim]]]) -> list[tuple[int, Claim]]:
    """The claims of these lines that are part of the work."""
    return [(n, c) for n, claims in lines for c in claims if c.role not in (Role.RETRACTED, Role.GIVEN)]


def follows(step: CheckedStep, rests_on: int) -> CheckedStep:
    """The step as it was judged, as one that carries on from a wrong line."""
    match step.evidence:
        case Undecided() | NothingClaimed():
            return replace(step, evidence=FollowThrough(rests_on, FollowsFrom((rests_on,))))
        case FollowThrough():
            return step
        case evidence if evidence.verdict is Verdict.CORRECT:
            return replace(step, evidence=FollowThrough(rests_on, evidence))  # type: ignore[arg-type]
    return step


def carries_on(
    work: Entries, solution: Entries, right: float, to_right: Scales, to_own: Scales, setting: Setting
) -> dict[int, int]:
    """The lines of a part that carry on, each with the wrong line it rests on; none where the part errs by itself."""
    touched = rework(work, to_right, setting, lambda value: near(value, right, ROUNDING))
    if touched or (own := last_value(work)) is None:
        return touched
    by_solution = rework(solution, to_own, setting, lambda value: near(value, own, NEAR))
    return {work[-1][0]: min(by_solution.values())} if by_solution else {}


def reference(part: Part) -> float | None:
    """The part's answer in base units, where it is one value."""
    forms = part.answer.forms if part.answer is not None else ()
    return next((v for form in forms if (v := worth(value_in(form))) is not None), None)


def numbers_of_reference(part: Part) -> Iterator[Fraction]:
    """The number by which the part's answer is written, as the solution of a later part takes it up."""
    for form in part.answer.forms if part.answer is not None else ():
        found = numbers(form)
        if len(found) == 1:
            yield found[0].value


def last_value(work: Entries) -> float | None:
    """What the last line that ends in a value comes to, in base units."""
    for _, claim in reversed(work):
        if (found := worth(value_in(claim.statement))) is not None:
            return found
    return None


def note_numbers(scales: Scales, work: Entries, value: float, scale: float, line: int) -> None:
    """The numbers by which a value is written in these lines: 504000 and 504 of 504000 J = 504 kJ."""
    for _, claim in work:
        for operand in claim.statement.operands if isinstance(claim.statement, Chain) else ():
            if symbols(operand) or numeral(operand, scaled=False) is None:
                continue
            size = worth(operand)
            if size is not None and near(size, value, NEAR):
                scales.setdefault(numbers(operand)[0].value, (scale, line))


# ---------------------------------------------------------------- the calculation, with other numbers put in


def rework(work: Entries, scales: Scales, setting: Setting, wanted: Callable[[float], bool]) -> dict[int, int]:
    """The lines worked out again with other numbers put in, as far as a value that is wanted.

    Returns the lines that change, each with the wrong line that it rests on.
    """
    known = dict(scales)
    touched: dict[int, int] = {}
    found: dict[int, int] = {}
    for line, claim in work:
        if not isinstance(claim.statement, Chain):
            continue
        end = claim.statement.operands[-1]
        got = worth(end)
        if got is None:
            continue
        for calculation in claim.statement.operands[:-1]:
            before = worth(calculation, setting) if len(numbers(calculation)) > 1 else None
            size = next((s for s in sizes(end) if before is not None and near(before * s, got, ROUNDING)), None)
            if before is None or size is None:
                continue
            for rests_on, after in with_others(calculation, known, setting):
                touched[line] = rests_on
                if before and (written := numbers(end)):
                    known.setdefault(written[0].value, (after / before, rests_on))
                if wanted(after * size):
                    found = dict(touched)
    return found


def with_others(calculation: Expr, known: Scales, setting: Setting) -> Iterator[tuple[int, float]]:
    """What a calculation comes to with all, some or one of the known numbers in it changed."""
    written = numbers(calculation)
    places = [n for n, number in enumerate(written) if number.value in known]
    several = len(places) <= MOST_PLACES
    for many in range(len(places), 0, -1) if several else [len(places)] if places else []:
        for chosen in combinations(places, many):
            after = worth(changed(calculation, chosen, known), setting)
            if after is not None:
                yield min(known[written[n].value][1] for n in chosen), after


def changed(calculation: Expr, places: Sequence[int], known: Mapping[Fraction, tuple[float, int]]) -> Expr:
    """The calculation with the numbers at these places, counted in written order, changed."""
    at = -1

    def change(node: Node) -> Node:
        nonlocal at
        if isinstance(node, Number):
            at += 1
            if at in places:
                other = node.value * Fraction(known[node.value][0])
                return Number(str(float(other)), other)
            return node
        return rebuild(node, change)

    return change(calculation)  # type: ignore[return-value]


def near(one: float, other: float, share: float) -> bool:
    """Whether two values differ by no more than a share of them."""
    return abs(one - other) <= share * max(abs(one), abs(other)) + 1e-40


def sizes(end: Expr) -> Iterator[float]:
    """What a calculation without units may have to be multiplied by: it is in base units, or in the result's."""
    yield 1.0
    for node in walk(end):
        if isinstance(node, Quantity):
            measured = worth(Quantity(Number("1", Fraction(1)), node.unit))
            if measured:
                yield measured


def worth(expr: Expr | None, setting: Setting | None = None) -> float | None:
    """What an expression comes to, its quantities in base units."""
    from tutor.bridge.balls import evaluate
    from tutor.verify.physical import in_base_units

    if expr is None or symbols(expr):
        return None
    setting = setting or Setting()
    try:
        plain = in_base_units(expr) if Quantity in kinds(expr) else expr
        found = float(evaluate(plain, {}, angle_unit=setting.angle_unit, log_base=setting.log_base).mid())
    except (StudentError, Undefined, Unsupported, OutOfBudget, TooLarge, ValueError, OverflowError):
        return None
    return found if isfinite(found) else None
