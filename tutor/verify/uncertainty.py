"""Measured values with their uncertainty, `T = 2π√(l/g) = 2.84 ± 0.02 s`: the value, and the spread that it is given.

Two rules are both right: contributions added (worst case, relative ones in a product), and added in quadrature. What a
student states is right between the two, to the figures shown, and wrong only where it is far from both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tutor.bridge.constants import constants_of_symbol
from tutor.bridge.uncertain import Propagated, Spread, propagate, with_uncertainty
from tutor.bridge.units import is_affine, measure, units_in
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.records import Contradicts, EqualValues, FalseEquality, Remark, Undecided, Verdict
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Chain,
    Expr,
    Number,
    PlusMinus,
    Symbol,
    Unit,
    numbers,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.measured import Stated, holds_spread, is_measured, stated_spread, with_unit_for_both, without_spreads
from tutor.verify.physical import Physical
from tutor.verify.questions import Outcome, Question
from tutor.verify.shapes import constant, is_name

FAR = 1.6  # wrong only beyond this factor of what both rules give
FORMULAS = 6
PROVED = (Verdict.CORRECT, Verdict.FOLLOW_THROUGH)
Judge = Callable[[Question, Chain, Physical], Outcome]


# ---------------------------------------------------------------- judging


def judge_with_uncertainty(asked: Question, chain: Chain, physical: Physical, judge: Judge) -> Outcome | None:
    """A chain with a `±`: its values as any other's, then the uncertainty of its result. None for `3 ± √5`."""
    if not set(chain.relations) <= {"=", "≈"}:
        return None
    chain = with_unit_for_both(chain)
    if not all(is_measured(n) for n in walk(chain) if isinstance(n, PlusMinus)):
        return None
    bare = without_spreads(chain)
    outcome = judge(asked, bare, physical)
    last = chain.operands[-1]
    stated = stated_spread(last)
    if outcome.evidence.verdict is Verdict.WRONG:
        if stated is not None and isinstance(outcome.evidence, FalseEquality) and close_to_the_value(chain, stated):
            return replace(outcome, evidence=Undecided(("within its uncertainty",)), remarks=())
        return outcome
    head = without_brackets(chain.operands[0])
    name = head.name if isinstance(head, Symbol) and not asked.claim.continues else physical.head
    if stated is not None:
        propagated = first_that_tells(asked, chain, name, physical)
        if propagated is not None:
            lines = tuple(sorted({physical.spreads[part][1] for part, _ in propagated.parts}))
            outcome = by_propagation(asked, outcome, propagated, stated, last, name, lines)
        elif outcome.evidence.verdict is Verdict.UNDECIDED and len(chain.operands) > 2:
            outcome = replace(outcome, evidence=Undecided(("the uncertainties of all that it is made of",)))
    return outcome


def by_propagation(
    asked: Question,
    outcome: Outcome,
    propagated: Propagated,
    stated: Stated,
    last: Expr,
    name: str,
    lines: tuple[int, ...],
) -> Outcome:
    """Right between the two rules, wrong far from both, undecided in between."""
    low, high = propagated.quadrature, propagated.linear
    spread, unit = stated.spread, stated.last
    if low - unit <= spread <= high + unit:
        if outcome.evidence.verdict in PROVED:
            return outcome
        agrees = abs(propagated.nominal - stated.nominal) <= max(spread, unit)
        return replace(outcome, evidence=EqualValues(to_text(last), exact=False)) if agrees else outcome
    if spread - unit <= FAR * high and spread + unit / 2 >= low / FAR:
        if outcome.evidence.verdict in PROVED:
            said = Remark("uncertainty", f"the uncertainty comes to {both(propagated, stated, last)}")
            return replace(outcome, remarks=(*outcome.remarks, said))
        return replace(outcome, evidence=Undecided(("the uncertainty of the result",)))
    if outcome.evidence.verdict not in (*PROVED, Verdict.NO_CLAIM, Verdict.UNDECIDED):
        return outcome
    parts = [f"{amount(size, stated, last)} from {part}" for part, size in propagated.parts[:4]]
    made_of = f": {', '.join(parts)}" if len(parts) > 1 else ""
    forced = f"{name or 'this'} is uncertain by {both(propagated, stated, last)}{made_of}"
    evidence = Contradicts("", (forced,), (f"by {amount(stated.spread, stated, last)}",), lines or (asked.step.line,))
    return replace(outcome, evidence=evidence, remarks=())


def both(propagated: Propagated, stated: Stated, like: Expr) -> str:
    """`0.028 s`, or `0.028 s (0.020 s in quadrature)`"""
    worst = amount(propagated.linear, stated, like)
    squared = amount(propagated.quadrature, stated, like)
    return worst if worst == squared else f"{worst} ({squared} in quadrature)"


def amount(size: float, stated: Stated, like: Expr) -> str:
    """An uncertainty to two figures, in the unit of the result or in per cent, as that was stated."""
    if stated.relative and stated.nominal:
        return f"{two_figures(100 * size / abs(stated.nominal))} %"
    unit: Unit | None = next(units_in(like), None)
    if unit is None:
        return two_figures(size)
    return f"{two_figures(size / float(measure(unit).size))} {unit.text}"


def two_figures(size: float) -> str:
    """0.028, 4.5, 120"""
    text = f"{size:.2g}"
    return (
        text if "e" not in text else f"{size:.0f}" if 1 <= size < 1e6 else text.replace("e-0", "e-").replace("e+0", "e")
    )


def close_to_the_value(chain: Chain, stated: Stated) -> bool:
    """The numbers before the result come within its uncertainty."""
    for operand in chain.operands[:-1]:
        if constant(operand):
            try:
                found = with_uncertainty(operand)
            except (StudentError, Undefined, Unsupported):
                continue
            if abs(found.nominal - stated.nominal) <= 2 * max(stated.spread, found.spread):
                return True
    return False


# ---------------------------------------------------------------- what it is made of


def first_that_tells(asked: Question, chain: Chain, name: str, physical: Physical) -> Propagated | None:
    """The uncertainty that the first formula gives of which every part is known with its own."""
    for formula in formulas(asked, chain, name):
        if any(map(is_affine, units_in(formula))):
            continue
        values = known_spreads(formula, physical)
        if values is None:
            continue
        try:
            found = propagate(formula, values)
        except (StudentError, Undefined, Unsupported):
            continue
        if found.linear:
            return found
    return None


def formulas(asked: Question, chain: Chain, name: str) -> Iterator[Expr]:
    """What the result is worked out by: on the line itself, then on earlier lines."""
    for operand in chain.operands[:-1]:
        if not is_name(operand) or (is_name(operand) and operand is not chain.operands[0]):
            yield operand
    if not name:
        return
    for fact in list(asked.book.about(frozenset({name})))[:FORMULAS]:
        statement = fact.statement
        if fact.rests_on is not None or not isinstance(statement, Chain) or not set(statement.relations) <= {"=", "≈"}:
            continue
        sides = [without_brackets(o) for o in statement.operands]
        if Symbol(name) in sides:
            yield from (o for o in statement.operands if symbols(o) and name not in symbols(o))


def known_spreads(formula: Expr, physical: Physical) -> dict[str, Spread] | None:
    """Value and uncertainty of each letter; None where one is not known, or a decimal stands for something measured."""
    values: dict[str, Spread] = {}
    for name in symbols(formula):
        measured = physical.spreads.get(name)
        if measured is None:
            value = physical.meaning(name).value
            if value is not None or not (candidates := constants_of_symbol(name)):
                return None
            values[name] = Spread(float(candidates[0].value), 0.0)
            continue
        if any(map(is_affine, units_in(measured[0]))):
            return None
        try:
            values[name] = with_uncertainty(measured[0])
        except (StudentError, Undefined, Unsupported):
            return None
    rest = [n for n in loose_numbers(formula) if n.places is not None or abs(n.value) > 100]
    return None if rest or not (values or holds_spread(formula)) else values


def loose_numbers(formula: Expr) -> Iterator[Number]:
    """The numbers of a formula that have no `±`."""
    measured = {id(n) for part in walk(formula) if isinstance(part, PlusMinus) for n in walk(part)}
    return (n for n in numbers(formula) if id(n) not in measured)
