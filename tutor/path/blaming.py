"""Work with a wrong answer and no false line: the blame on the line that departs, with what is needed there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from fractions import Fraction

from tutor.path.departing import Departure, first_departure
from tutor.path.reckoning import AsWritten, chains, evaluate
from tutor.path.solution import Calculation, Route, outside, route_of
from tutor.records import (
    CheckedStep,
    Departs,
    FinalAnswer,
    FollowsFrom,
    FollowThrough,
    NotTheAnswer,
    Part,
    Problem,
    SolutionSets,
    Verdict,
)
from tutor.syntax.printer import to_text
from tutor.syntax.tree import Expr, Negative, Number, Percent, Sum, numbers, walk, without_brackets


def with_departure(
    steps: list[CheckedStep], answer: FinalAnswer, problem: Problem, part: Part | None = None
) -> list[CheckedStep]:
    """The steps with the first departing one wrong, and those after it that build on it following through.

    Left as they are where another line is refuted, or no line departs.
    """
    if any(s.verdict is Verdict.WRONG and not isinstance(s.evidence, NotTheAnswer) for s in steps):
        return steps
    mine = [n for n, s in enumerate(steps) if part is None or s.step.part in (part.id, None)]
    last = answer.line if answer.line is not None else -1
    mine = [n for n in mine if steps[n].step.line <= last]
    solution = problem.solution if part is None else part.solution
    route = route_of(problem, solution, problem.answer if part is None else part.answer)
    found = first_departure([steps[n].step for n in mine], route, answer=answer.text)
    at = next((n for n in mine if found is not None and steps[n].step.line == found.line), None)
    if found is None or at is None:
        return steps
    if found.kind == "letters" and isinstance(steps[at].evidence, SolutionSets):
        return steps  # it says no other than the line before
    blamed = list(steps)
    before = {value for n in mine if n < at for value in used_and_found(steps[n])[1]}
    elsewhere = {value for n in mine if n != at for value in used_and_found(steps[n])[0]}
    blamed[at] = replace(steps[at], evidence=evidence_of(found, steps[at], route, before, elsewhere))
    return built_on(blamed, at, [n for n in mine if n > at])


def evidence_of(
    found: Departure, step: CheckedStep, route: Route, before: Set[Fraction], elsewhere: Set[Fraction]
) -> Departs:
    """What was found, what is needed, and how they differ.

    before: what the lines before have found, which is needed no more. elsewhere: what is used in other lines, and so is
    not left out.
    """
    if found.kind == "letters":
        return Departs(step.step.text.strip(), slip="letters")
    if found.made_by is None:
        text = number_text(found.number) if found.number is not None else step.step.text.strip()
        return Departs(text, slip="part" if found.kind == "answer" else "path")
    mine = found.made_by
    if lacks := [n for n in found.lacks if n not in route.answers and n not in elsewhere]:
        return Departs(mine.text, slip="left_out", what=tuple(map(number_text, lacks)))
    slip, needed, what = compared(mine, route, before)
    if found.kind == "whole" and needed is None:  # it counts something else than the solution does
        needed = next((c for c in route.calculations if c.result == mine.result and c.end != mine.end), None)
    if slip == "path" and found.kind in ("factor", "terms", "as written"):
        slip = "left_out"
    shares = {
        node.operand.value: to_text(node)
        for node in walk(mine.expr)
        if isinstance(node, Percent) and isinstance(node.operand, Number)
    }
    told = tuple(shares.get(n, number_text(n)) for n in what)
    return Departs(mine.text, in_view(needed, route) if needed is not None else "", slip, told)


def in_view(needed: Calculation, route: Route) -> str:
    """A calculation of the solution, without its result where that is the answer."""
    return to_text(needed.expr) if needed.result in route.answers else needed.text


def compared(
    mine: Calculation, route: Route, before: Set[Fraction] = frozenset()
) -> tuple[str, Calculation | None, list[Fraction]]:
    """The calculation of the solution that is nearest, if one is near: same numbers, one other, more or fewer.

    before: values that the work has found already; what gives one of them is not what is needed.
    """
    own = Counter(mine.numbers)
    near: list[tuple[int, str, Calculation, list[Fraction]]] = []
    for other in route.calculations:
        theirs = Counter(other.numbers)
        extra, missing = list((own - theirs).elements()), list((theirs - own).elements())
        alike = operation(mine.expr) == operation(other.expr)
        if not own & theirs or other.result == mine.result or other.result in before:
            continue
        if not extra and not missing and not alike:
            near.append((0, "operation", other, []))
        elif not extra and missing and alike:
            near.append((1, "left_out", other, missing))
        elif not missing and extra and alike:
            near.append((2, "too_much", other, extra))
        elif len(extra) == len(missing) == 1 and alike:
            near.append((3, "other_value", other, extra))
    if not near:
        return "path", None, []
    _, slip, other, what = min(near, key=lambda entry: entry[0])
    return slip, other, what


def operation(expr: Expr) -> str:
    """What is done last: a sum, a difference, a product, a quotient."""
    inner = without_brackets(expr)
    if isinstance(inner, Sum):
        return "difference" if any(isinstance(t, Negative) for t in inner.terms) else "sum"
    return type(inner).__name__


def number_text(number: Fraction) -> str:
    """12, 1.5, 2/3"""
    if number.denominator == 1:
        return str(number.numerator)
    bottom = number.denominator
    for p in (2, 5):
        while bottom % p == 0:
            bottom //= p
    return f"{float(number):.10g}" if bottom == 1 else f"{number.numerator}/{number.denominator}"


def built_on(steps: list[CheckedStep], at: int, later: Sequence[int]) -> list[CheckedStep]:
    """The lines that use what the departing line found, or what came of that, follow through; so does the answer."""
    line = steps[at].step.line
    known = {v for step in steps[:at] for v in values_of(step)}
    tainted = values_of(steps[at]) - known
    for n in later:
        step = steps[n]
        own = values_of(step)
        builds = bool(own & tainted) or isinstance(step.evidence, NotTheAnswer)
        if not builds or step.verdict not in (Verdict.CORRECT, Verdict.WRONG, Verdict.UNDECIDED):
            continue
        because = step.evidence
        if because.verdict is not Verdict.CORRECT:
            because = FollowsFrom((line,), method="what was found before")
        steps[n] = replace(step, evidence=FollowThrough(line, because))  # type: ignore[arg-type]
        tainted |= own - known
    return steps


def used_and_found(step: CheckedStep) -> tuple[set[Fraction], set[Fraction]]:
    """The numbers that the calculations of a line use, and what they come to."""
    used: set[Fraction] = set()
    come_to: set[Fraction] = set()
    for claim in step.step.claims:
        for chain in chains(claim.statement):
            *calculated, result = chain.operands
            used |= {n.value for operand in calculated for n in numbers(operand)}
            come_to |= {v.number for v in evaluate(result, AsWritten())}
    return used, come_to


def values_of(step: CheckedStep) -> set[Fraction]:
    """The numbers that stand in a line."""
    found = {n.value for n in outside(step.step)}
    for claim in step.step.claims:
        for chain in chains(claim.statement):
            for operand in chain.operands:
                found |= {n.value for n in numbers(operand)} | {v.number for v in evaluate(operand, AsWritten())}
    return found
